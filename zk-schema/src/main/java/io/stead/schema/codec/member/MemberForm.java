package io.stead.schema.codec.member;

import static io.stead.schema.codec.json.Kinds.INCARNATION;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.member.Member;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

/** Of {@code /members}: a node's presence. */
public final class MemberForm implements Form<Member> {
    @Override
    public void write(Member member, FieldWriter out) {
        out.put("node", NODE, member.node())
                .put("incarnation", INCARNATION, member.incarnation())
                .put("bootId", TEXT, member.bootId())
                .list("control", TEXT, member.control())
                .texts("attributes", member.attributes());
    }

    @Override
    public Member read(FieldReader in) {
        return new Member(
                in.get("node", NODE),
                in.get("incarnation", INCARNATION),
                in.get("bootId", TEXT),
                in.list("control", TEXT),
                in.texts("attributes"));
    }
}
