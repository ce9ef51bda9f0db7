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

    /** How it is watched while it runs. What knows all verbs is monitored whether the spec says so or not. */
    public Optional<Monitor> monitor() {
        return declaredMonitor.or(() -> versatileStart().map(start -> new Monitor(start, Monitor.EVERY)));
    }

    /** The action of a verb. What knows all verbs stops what it has started, whether the spec says so or not. */
    public Optional<Action> of(Verb verb) {
        Optional<Action> given = Optional.ofNullable(byVerb.get(verb));
        return verb == Verb.STOP ? given.or(this::versatileStart) : given;
    }

    /** Whether its start is a systemd unit, whose processes are in systemd's charge. */
    public boolean startsUnit() {
        return of(Verb.START)
                .filter(start -> start.target() instanceof Target.Systemd)
                .isPresent();
    }

    /** The start, where an OCF agent or a unit does it: those know how to stop, and whether it runs. */
    private Optional<Action> versatileStart() {
        return Optional.ofNullable(byVerb.get(Verb.START)).filter(start -> switch (start.target()) {
            case Target.Run _ -> false;
            case Target.Systemd _, Target.Ocf _ -> true;
        });
    }

    public boolean has(Verb verb) {
        return of(verb).isPresent();
    }
}
