package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.SPAN;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.spec.Action;
import io.stead.model.spec.Target;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One action: its target as in a spec, by the name of its kind. */
final class ActionForm implements Form<Action> {
    @Override
    public void write(Action action, FieldWriter out) {
        switch (action.target()) {
            case Target.Run(String file) -> out.put("run", TEXT, file);
            case Target.Systemd(String unit) -> out.put("systemd", TEXT, unit);
            case Target.Ocf(String agent) -> out.put("ocf", TEXT, agent);
        }
        out.texts("params", action.params()).list("args", TEXT, action.args()).put("timeout", SPAN, action.timeout());
    }

    @Override
    public Action read(FieldReader in) {
        return new Action(target(in), in.texts("params"), in.list("args", TEXT), in.get("timeout", SPAN));
    }

    private static Target target(FieldReader in) {
        List<Target> given = Stream.of(
                        in.find("run", TEXT).<Target>map(Target.Run::new),
                        in.find("systemd", TEXT).<Target>map(Target.Systemd::new),
                        in.find("ocf", TEXT).<Target>map(Target.Ocf::new))
                .flatMap(Optional::stream)
                .toList();
        if (given.size() != 1) {
            throw new IllegalArgumentException("one of run, systemd and ocf is needed, not " + given.size());
        }
        return given.getFirst();
    }
}
