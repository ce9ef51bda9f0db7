package io.stead.schema.codec;

import static io.stead.schema.codec.json.Kinds.LONG;

import io.stead.model.Epoch;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

final class EpochForm implements Form<Epoch> {
    @Override
    public void write(Epoch epoch, FieldWriter out) {
        out.put("number", LONG, epoch.number());
    }

    @Override
    public Epoch read(FieldReader in) {
        return new Epoch(in.get("number", LONG));
    }
}
