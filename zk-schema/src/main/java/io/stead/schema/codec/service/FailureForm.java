package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.INCARNATION;
import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.INT;
import static io.stead.schema.codec.json.Kinds.LONG;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.service.Failure;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

/** The failed starts in one life of a node. */
final class FailureForm implements Form<Failure> {
    @Override
    public void write(Failure failure, FieldWriter out) {
        out.put("node", NODE, failure.node())
                .put("incarnation", INCARNATION, failure.incarnation())
                .put("count", INT, failure.count())
                .put("generation", LONG, failure.generation())
                .put("last", INSTANT, failure.last())
                .put("detail", TEXT, failure.detail());
    }

    @Override
    public Failure read(FieldReader in) {
        return new Failure(
                in.get("node", NODE),
                in.get("incarnation", INCARNATION),
                in.get("count", INT),
                in.get("generation", LONG),
                in.get("last", INSTANT),
                in.get("detail", TEXT));
    }
}
