package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.service.StopCause;
import io.stead.model.service.Stopping;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Words;
import java.util.Optional;

/** The milestone "is to stop". */
final class StoppingForm implements Form<Stopping> {
    static final Kind<StopCause> CAUSE = new Words<>(StopCause.class);

    @Override
    public void write(Stopping stopping, FieldWriter out) {
        out.put("cause", CAUSE, stopping.cause())
                .put("since", INSTANT, stopping.since())
                .putIfPresent("detail", TEXT, Optional.of(stopping.detail()).filter(d -> !d.isEmpty()));
    }

    @Override
    public Stopping read(FieldReader in) {
        return new Stopping(
                in.get("cause", CAUSE),
                in.get("since", INSTANT),
                in.find("detail", TEXT).orElse(""));
    }
}
