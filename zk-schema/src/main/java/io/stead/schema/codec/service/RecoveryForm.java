package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.INCARNATION;
import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.LONG;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.service.Recovery;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import java.util.Optional;

/** A recovery; owed, where it has no runner. */
final class RecoveryForm implements Form<Recovery> {
    private static final Kind<Recovery.Runner> RUNNER = new RunnerForm();

    @Override
    public void write(Recovery recovery, FieldWriter out) {
        out.putIfPresent("runner", RUNNER, recovery.runner())
                .put("since", INSTANT, recovery.since())
                .list("failedOn", NODE, recovery.failedOn())
                .putIfPresent("detail", TEXT, Optional.of(recovery.detail()).filter(d -> !d.isEmpty()));
    }

    @Override
    public Recovery read(FieldReader in) {
        return new Recovery(
                in.find("runner", RUNNER),
                in.get("since", INSTANT),
                in.list("failedOn", NODE),
                in.find("detail", TEXT).orElse(""));
    }

    private static final class RunnerForm implements Form<Recovery.Runner> {
        @Override
        public void write(Recovery.Runner runner, FieldWriter out) {
            out.put("node", NODE, runner.node())
                    .put("incarnation", INCARNATION, runner.incarnation())
                    .put("generation", LONG, runner.generation());
        }

        @Override
        public Recovery.Runner read(FieldReader in) {
            return new Recovery.Runner(
                    in.get("node", NODE), in.get("incarnation", INCARNATION), in.get("generation", LONG));
        }
    }
}
