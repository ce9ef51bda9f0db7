package io.stead.schema.codec.member;

import static io.stead.schema.codec.json.Kinds.INCARNATION;
import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.INT;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Words;

/** One entry of the transition vector. */
final class MemberStateForm implements Form<MemberState> {
    private static final Kind<MemberPhase> PHASE = new Words<>(MemberPhase.class);

    @Override
    public void write(MemberState state, FieldWriter out) {
        out.put("node", NODE, state.node())
                .put("incarnation", INCARNATION, state.incarnation())
                .put("phase", PHASE, state.phase())
                .put("level", INT, state.level())
                .put("since", INSTANT, state.since())
                .put("reason", TEXT, state.reason());
    }

    @Override
    public MemberState read(FieldReader in) {
        return new MemberState(
                in.get("node", NODE),
                in.get("incarnation", INCARNATION),
                in.get("phase", PHASE),
                in.get("level", INT),
                in.get("since", INSTANT),
                in.get("reason", TEXT));
    }
}
