package io.stead.model.spec;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The action functions of a service (B17–B20). A state whose action is not defined is skipped (B22).
 *
 * @param declaredMonitor as the spec has it; see {@link #monitor}
 */
public record Actions(Map<Verb, Action> byVerb, Optional<Monitor> declaredMonitor) {
    /** No action at all: registering is all there is. */
    public static final Actions NONE = new Actions(Map.of());

    public Actions {
        Map<Verb, Action> copy = new EnumMap<>(Verb.class);
        copy.putAll(byVerb);
        byVerb = Collections.unmodifiableMap(copy);
    }

    public Actions(Map<Verb, Action> byVerb) {
        this(byVerb, Optional.empty());
    }

    /** How it is watched while it runs. What an OCF agent starts, that agent also monitors, whether the spec says so or not. */
    public Optional<Monitor> monitor() {
        return declaredMonitor.or(() -> of(Verb.START)
                .filter(start -> start.target() instanceof Target.Ocf)
                .map(start -> new Monitor(start, Monitor.EVERY)));
    }

    /** The action of a verb. What an OCF agent starts, that agent also stops, whether the spec says so or not. */
    public Optional<Action> of(Verb verb) {
        Action given = byVerb.get(verb);
        Action start = byVerb.get(Verb.START);
        boolean isAgents = given == null && verb == Verb.STOP && start != null && start.target() instanceof Target.Ocf;
        return Optional.ofNullable(isAgents ? start : given);
    }

    public boolean has(Verb verb) {
        return of(verb).isPresent();
    }
}
