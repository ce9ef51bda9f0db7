package io.stead.schema.codec.spec;

import static io.stead.schema.codec.json.Kinds.SPAN;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.spec.Action;
import io.stead.model.spec.Target;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Kinds;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One action: its target as in a spec, by the name of its kind. */
final class ActionForm implements Form<Action> {
    private static final Kind<Target.Run> RUN = Kinds.ofText(Target.Run::new, Target.Run::file);
    private static final Kind<Target.Systemd> SYSTEMD = Kinds.ofText(Target.Systemd::new, Target.Systemd::unit);
    private static final Kind<Target.Ocf> OCF = Kinds.ofText(Target.Ocf::new, Target.Ocf::agent);

    @Override
    public void write(Action action, FieldWriter out) {
        switch (action.target()) {
            case Target.Run run -> out.put("run", RUN, run);
            case Target.Systemd systemd -> out.put("systemd", SYSTEMD, systemd);
            case Target.Ocf ocf -> out.put("ocf", OCF, ocf);
        }
        out.texts("params", action.params()).list("args", TEXT, action.args()).put("timeout", SPAN, action.timeout());
    }

    @Override
    public Action read(FieldReader in) {
        return new Action(target(in), in.texts("params"), in.list("args", TEXT), in.get("timeout", SPAN));
    }

    private static Target target(FieldReader in) {
        List<Target> given = Stream.of(in.find("run", RUN), in.find("systemd", SYSTEMD), in.find("ocf", OCF))
                .<Target>flatMap(Optional::stream)
                .toList();
        if (given.size() != 1) {
            throw new IllegalArgumentException("one of run, systemd and ocf is needed, not " + given.size());
        }
        return given.getFirst();
    }
}
