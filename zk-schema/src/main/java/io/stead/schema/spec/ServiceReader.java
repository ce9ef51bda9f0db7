package io.stead.schema.spec;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Maturity;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.NodePattern;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.PreferenceOrder;
import io.stead.model.spec.Register;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Target;
import io.stead.model.spec.TransferCost;
import io.stead.model.spec.Verb;
import io.stead.schema.yaml.SpanRange;
import io.stead.schema.yaml.YamlMap;
import io.stead.schema.yaml.YamlValue;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A document of kind service. Problems are reported to the tree; a value that has one is read as if it were left out. */
final class ServiceReader {
    private ServiceReader() {}

    static Optional<ServiceSpec> read(YamlMap keys) {
        Optional<ServiceName> name = keys.required("name", "name: license-server")
                .flatMap(v -> v.text("the name of a service", ServiceName::new));
        Optional<YamlValue> placementKey = keys.get("placement");
        Placement placement = placementKey
                .flatMap(v -> v.map("a map such as {prefer: [n1]}", ServiceReader::placement))
                .orElse(Placement.ANYWHERE);
        Optional<ServiceName> parent = keys.get("parent")
                .filter(v -> !v.isNothing())
                .flatMap(v -> v.text("the name of a service", ServiceName::new));
        Duration stopGrace =
                keys.get("stop-grace").flatMap(v -> v.duration(SpanRange.ANY)).orElse(Duration.ZERO);
        boolean critical = keys.get("critical").flatMap(YamlValue::truth).orElse(false);
        Actions actions = keys.get("actions")
                .flatMap(v -> v.map("a map such as {start: {run: NAME}}", ServiceReader::actions))
                .orElse(Actions.NONE);
        FailurePolicy failures = keys.get("failures")
                .flatMap(v -> v.map("a map such as {restarts: 2, limit: 5}", ServiceReader::failures))
                .orElse(FailurePolicy.DEFAULT);
        keys.refuse("addresses", "not supported by this version");
        keys.refuse("events", "not supported by this version");
        if (parent.isPresent() && placementKey.isPresent()) {
            keys.problem("placement", "a child is placed where its parent is: leave out placement, or parent");
            return Optional.empty();
        }
        if (parent.isPresent() && parent.equals(name)) {
            keys.problem("parent", "a service can't be its own parent");
            return Optional.empty();
        }
        return name.map(n -> new ServiceSpec(n, placement, parent, actions, stopGrace, critical, failures));
    }

    private static Optional<Placement> placement(YamlMap keys) {
        Placement otherwise = Placement.ANYWHERE;
        return Optional.of(new Placement(
                names(keys, "allow", "a list of nodes", NodePattern::new).orElse(otherwise.allow()),
                names(keys, "deny", "a list of nodes", NodePattern::new).orElse(otherwise.deny()),
                names(keys, "prefer", "a list of nodes", NodeId::new).orElse(otherwise.prefer()),
                choice(keys, "order", PreferenceOrder.class).orElse(otherwise.order()),
                choice(keys, "policy", Policy.class).orElse(otherwise.policy()),
                choice(keys, "register", Register.class).orElse(otherwise.register()),
                keys.get("maturity")
                        .flatMap(v -> v.map("a map such as {count: 2, time: 5m}", ServiceReader::maturity))
                        .orElse(otherwise.maturity()),
                choice(keys, "transfer", TransferCost.class).orElse(otherwise.transfer())));
    }

    private static <T> Optional<List<T>> names(YamlMap keys, String key, String expected, Function<String, T> read) {
        return keys.get(key)
                .map(v -> v.list(expected).stream()
                        .flatMap(entry -> entry.text("the name of a node", read).stream())
                        .toList());
    }

    private static <E extends Enum<E>> Optional<E> choice(YamlMap keys, String key, Class<E> words) {
        return keys.get(key).flatMap(v -> v.choice(words));
    }

    private static Optional<Maturity> maturity(YamlMap keys) {
        Optional<YamlValue> countKey = keys.get("count");
        Optional<YamlValue> timeKey = keys.get("time");
        Optional<Integer> count = countKey.flatMap(v -> v.number("a number of nodes", ServiceReader::count));
        Optional<Duration> time = timeKey.flatMap(v -> v.duration(SpanRange.ANY));
        if (countKey.isEmpty() && timeKey.isEmpty()) {
            keys.problem("give count, time or both");
        }
        return count.isEmpty() && time.isEmpty() ? Optional.empty() : Optional.of(new Maturity(count, time));
    }

    private static final SpanRange WINDOW = new SpanRange(FailurePolicy.LEAST_WINDOW, SpanRange.ANY.most());

    private static Optional<FailurePolicy> failures(YamlMap keys) {
        FailurePolicy otherwise = FailurePolicy.DEFAULT;
        int restarts = keys.get("restarts")
                .flatMap(v -> v.number(
                        "how many failures are borne before it goes elsewhere",
                        n -> new FailurePolicy(n, otherwise.window(), Optional.empty()).restarts()))
                .orElse(otherwise.restarts());
        Duration window = keys.get("window").flatMap(v -> v.duration(WINDOW)).orElse(otherwise.window());
        Optional<Integer> limit = keys.get("limit")
                .flatMap(v -> v.number(
                        "with how many failures on each node it is given up",
                        n -> new FailurePolicy(restarts, window, Optional.of(n))
                                .limit()
                                .orElse(n)));
        return Optional.of(new FailurePolicy(restarts, window, limit));
    }

    private static Integer count(int count) {
        return new Maturity(Optional.of(count), Optional.empty()).count().orElse(count);
    }

    private static Optional<Actions> actions(YamlMap keys) {
        Map<Verb, Action> byVerb = new EnumMap<>(Verb.class);
        for (Verb verb : Verb.COMMANDS) {
            keys.get(YamlValue.word(verb))
                    .flatMap(v -> v.map("an action such as {run: NAME}", ActionReader::read))
                    .ifPresent(action -> byVerb.put(verb, action));
        }
        Optional<Monitor> monitor = keys.get("monitor")
                .flatMap(v -> v.map("an action such as {run: NAME, every: 10s}", ActionReader::monitor));
        if (monitor.isPresent() && !byVerb.containsKey(Verb.START)) {
            keys.problem("monitor", "there is no start: what is not started here is not monitored");
        }
        refuseWhatNobodyKnows(keys, byVerb);
        return Optional.of(new Actions(byVerb, monitor));
    }

    private static void refuseWhatNobodyKnows(YamlMap keys, Map<Verb, Action> byVerb) {
        Target start = target(byVerb, Verb.START);
        Target stop = target(byVerb, Verb.STOP);
        if (start instanceof Target.Systemd && stop != null && !stop.equals(start)) {
            keys.problem("stop", "systemd stops the unit that it starts: leave it out, or name the same unit");
        }
        if (target(byVerb, Verb.NOTIFY) instanceof Target.Systemd) {
            keys.problem("notify", "a systemd unit has no such action: use run or ocf");
        }
        switch (target(byVerb, Verb.RECOVERY)) {
            case Target.Systemd _ -> keys.problem("recovery", "a systemd unit has no such action: use run");
            case Target.Ocf _ -> keys.problem("recovery", "an OCF agent has no such action: use run");
            case Target.Run _ -> {}
            case null -> {}
        }
    }

    private static @Nullable Target target(Map<Verb, Action> byVerb, Verb verb) {
        Action action = byVerb.get(verb);
        return action == null ? null : action.target();
    }
}
