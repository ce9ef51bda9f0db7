package io.stead.schema.codec.spec;

import static io.stead.schema.codec.json.Kinds.INT;
import static io.stead.schema.codec.json.Kinds.SPAN;

import io.stead.model.spec.Maturity;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

/** When the cluster is mature enough. */
final class MaturityForm implements Form<Maturity> {
    @Override
    public void write(Maturity maturity, FieldWriter out) {
        out.putIfPresent("count", INT, maturity.count()).putIfPresent("time", SPAN, maturity.time());
    }

    @Override
    public Maturity read(FieldReader in) {
        return new Maturity(in.find("count", INT), in.find("time", SPAN));
    }
}
