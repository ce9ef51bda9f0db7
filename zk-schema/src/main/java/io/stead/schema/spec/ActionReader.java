package io.stead.schema.spec;

import io.stead.model.Text;
import io.stead.model.spec.Action;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.Target;
import io.stead.schema.yaml.SpanRange;
import io.stead.schema.yaml.YamlMap;
import io.stead.schema.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One action: what to run, with what, for how long. */
final class ActionReader {
    /** Where a spec sets no time limit. */
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private ActionReader() {}

    static Optional<Action> read(YamlMap keys) {
        Optional<Target> target = target(keys);
        Map<String, String> params = keys.get("params")
                .flatMap(v -> v.map("a map such as {PORT: \"27000\"}", all -> params(all, target)))
                .orElse(Map.of());
        List<String> args = keys.get("args").map(v -> v.list("a list of texts")).orElse(List.of()).stream()
                .flatMap(v -> v.text("a text", ActionReader::passable).stream())
                .toList();
        Duration timeout =
                keys.get("timeout").flatMap(v -> v.duration(SpanRange.POSITIVE)).orElse(TIMEOUT);
        target.ifPresent(t -> refuseWhatItCannotTake(keys, t));
        return target.map(t -> new Action(t, params, args, timeout));
    }

    static Optional<Monitor> monitor(YamlMap keys) {
        Duration every =
                keys.get("every").flatMap(v -> v.duration(SpanRange.POSITIVE)).orElse(Monitor.EVERY);
        return read(keys).map(a -> new Monitor(a, every));
    }

    private static Optional<Target> target(YamlMap keys) {
        Optional<YamlValue> run = keys.get("run");
        Optional<YamlValue> systemd = keys.get("systemd");
        Optional<YamlValue> ocf = keys.get("ocf");
        long given = Stream.of(run, systemd, ocf).filter(Optional::isPresent).count();
        if (given != 1) {
            keys.problem(given == 0 ? "give run, systemd or ocf" : "give only one of run, systemd and ocf");
            return Optional.empty();
        }
        return run.<Target>flatMap(v -> v.text("the name of a file", Target.Run::new))
                .or(() -> systemd.flatMap(v -> v.text("the name of a unit", Target.Systemd::new)))
                .or(() -> ocf.flatMap(v -> v.text("an agent such as heartbeat:pgsql", Target.Ocf::new)));
    }

    private static Optional<Map<String, String>> params(YamlMap keys, Optional<Target> target) {
        Map<String, String> params = new TreeMap<>();
        keys.all()
                .forEach((name, value) -> value.text("a text", text -> checked(name, passable(text), target))
                        .ifPresent(text -> params.put(name, text)));
        return Optional.of(params);
    }

    /** An action of this one parameter, thrown away: so its problem has the parameter's place and not the action's. */
    private static String checked(String name, String value, Optional<Target> target) {
        target.ifPresent(t -> new Action(t, Map.of(name, value), List.of(), TIMEOUT));
        return value;
    }

    /** Whether the value can reach a program at all, as a NUL-terminated string of UTF-8. */
    private static String passable(String value) {
        if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new IllegalArgumentException(Text.quoted(value) + ": a program can't be given this text");
        }
        return value;
    }

    private static void refuseWhatItCannotTake(YamlMap keys, Target target) {
        switch (target) {
            case Target.Run run -> {}
            case Target.Systemd systemd -> {
                keys.refuse("params", "a systemd unit takes none: set them in the unit");
                keys.refuse("args", "a systemd unit takes none: set them in the unit");
            }
            case Target.Ocf ocf -> keys.refuse("args", "an OCF agent takes none: use params");
        }
    }
}
