package io.stead.testing;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Maturity;
import io.stead.model.spec.NodePattern;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.PreferenceOrder;
import io.stead.model.spec.Register;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Target;
import io.stead.model.spec.TransferCost;
import io.stead.model.spec.Verb;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A service spec in a test: everything left out is as in a spec file, with a start and a stop command. */
public final class SpecBuilder {
    private final ServiceName name;
    private Placement placement = Placement.ANYWHERE;
    private Optional<ServiceName> parent = Optional.empty();
    private final Map<Verb, Action> actions = new EnumMap<>(Verb.class);
    private Duration stopGrace = Duration.ZERO;
    private FailurePolicy failures = FailurePolicy.DEFAULT;
    private boolean critical;

    private SpecBuilder(String name) {
        this.name = new ServiceName(name);
        with(Verb.START);
        with(Verb.STOP);
    }

    public static SpecBuilder service(String name) {
        return new SpecBuilder(name);
    }

    public SpecBuilder allow(String... patterns) {
        List<NodePattern> allow = Stream.of(patterns).map(NodePattern::new).toList();
        return place(new Placement(
                allow,
                placement.deny(),
                placement.prefer(),
                placement.order(),
                placement.policy(),
                placement.register(),
                placement.maturity(),
                placement.transfer()));
    }

    public SpecBuilder deny(String... patterns) {
        List<NodePattern> deny = Stream.of(patterns).map(NodePattern::new).toList();
        return place(new Placement(
                placement.allow(),
                deny,
                placement.prefer(),
                placement.order(),
                placement.policy(),
                placement.register(),
                placement.maturity(),
                placement.transfer()));
    }

    public SpecBuilder ranked(String... nodes) {
        return prefer(PreferenceOrder.RANKED, nodes);
    }

    public SpecBuilder unranked(String... nodes) {
        return prefer(PreferenceOrder.UNRANKED, nodes);
    }

    private SpecBuilder prefer(PreferenceOrder order, String... nodes) {
        return place(new Placement(
                placement.allow(),
                placement.deny(),
                Stream.of(nodes).map(NodeId::new).toList(),
                order,
                placement.policy(),
                placement.register(),
                placement.maturity(),
                placement.transfer()));
    }

    public SpecBuilder policy(Policy policy) {
        return place(new Placement(
                placement.allow(),
                placement.deny(),
                placement.prefer(),
                placement.order(),
                policy,
                placement.register(),
                placement.maturity(),
                placement.transfer()));
    }

    public SpecBuilder onAll() {
        return policy(Policy.ALL);
    }

    public SpecBuilder manual() {
        return place(new Placement(
                placement.allow(),
                placement.deny(),
                placement.prefer(),
                placement.order(),
                placement.policy(),
                Register.MANUAL,
                placement.maturity(),
                placement.transfer()));
    }

    public SpecBuilder freeTransfer() {
        return place(new Placement(
                placement.allow(),
                placement.deny(),
                placement.prefer(),
                placement.order(),
                placement.policy(),
                placement.register(),
                placement.maturity(),
                TransferCost.FREE));
    }

    public SpecBuilder matureAt(int count) {
        return mature(new Maturity(Optional.of(count), Optional.empty()));
    }

    public SpecBuilder matureAt(int count, Duration time) {
        return mature(new Maturity(Optional.of(count), Optional.of(time)));
    }

    public SpecBuilder matureAfter(Duration time) {
        return mature(new Maturity(Optional.empty(), Optional.of(time)));
    }

    private SpecBuilder mature(Maturity maturity) {
        return place(new Placement(
                placement.allow(),
                placement.deny(),
                placement.prefer(),
                placement.order(),
                placement.policy(),
                placement.register(),
                maturity,
                placement.transfer()));
    }

    public SpecBuilder place(Placement next) {
        placement = next;
        return this;
    }

    public SpecBuilder parent(String service) {
        parent = Optional.of(new ServiceName(service));
        return this;
    }

    public SpecBuilder with(Verb verb) {
        String file = verb.name().toLowerCase(java.util.Locale.ROOT);
        actions.put(verb, new Action(new Target.Run(file), Map.of(), List.of(), Duration.ofSeconds(30)));
        return this;
    }

    public SpecBuilder without(Verb verb) {
        actions.remove(verb);
        return this;
    }

    public SpecBuilder recovery() {
        return with(Verb.RECOVERY);
    }

    public SpecBuilder notifies() {
        return with(Verb.NOTIFY);
    }

    public SpecBuilder stopGrace(Duration span) {
        stopGrace = span;
        return this;
    }

    /** So many restarts in place; given up with so many failures. */
    public SpecBuilder failures(int restarts, Optional<Integer> limit) {
        failures = new FailurePolicy(restarts, FailurePolicy.DEFAULT.window(), limit);
        return this;
    }

    public SpecBuilder critical() {
        critical = true;
        return this;
    }

    public ServiceSpec spec() {
        return new ServiceSpec(name, placement, parent, new Actions(actions), stopGrace, critical, failures);
    }
}
