package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.INCARNATION;
import static io.stead.schema.codec.json.Kinds.LONG;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.SERVICE;

import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Words;

/** Of {@code /holdings}: what one node says of one service. */
public final class HoldingForm implements Form<Holding> {
    private static final Kind<HoldingState> STATE = new Words<>(HoldingState.class);

    @Override
    public void write(Holding holding, FieldWriter out) {
        out.put("service", SERVICE, holding.service())
                .put("node", NODE, holding.node())
                .put("incarnation", INCARNATION, holding.incarnation())
                .put("generation", LONG, holding.generation())
                .put("state", STATE, holding.state());
    }

    @Override
    public Holding read(FieldReader in) {
        return new Holding(
                in.get("service", SERVICE),
                in.get("node", NODE),
                in.get("incarnation", INCARNATION),
                in.get("generation", LONG),
                in.get("state", STATE));
    }
}
