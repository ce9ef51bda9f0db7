package io.stead.cli.fake;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services to try things on. */
public final class Specs {
    private static final Action START = action("start");
    private static final Action STOP = action("stop");

    private Specs() {}

    public static ServiceSpec anywhere(String name) {
        return of(name, Placement.ANYWHERE, Optional.empty());
    }

    public static ServiceSpec preferring(String name, String... nodes) {
        List<NodeId> prefer = Arrays.stream(nodes).map(NodeId::new).toList();
        return of(name, placement(List.of("*"), prefer, Policy.ONE, Register.AUTO), Optional.empty());
    }

    public static ServiceSpec only(String name, String... nodes) {
        return of(name, placement(List.of(nodes), List.of(), Policy.ONE, Register.AUTO), Optional.empty());
    }

    public static ServiceSpec everywhere(String name) {
        return of(name, placement(List.of("*"), List.of(), Policy.ALL, Register.AUTO), Optional.empty());
    }

    public static ServiceSpec manual(String name) {
        return of(name, placement(List.of("*"), List.of(), Policy.ONE, Register.MANUAL), Optional.empty());
    }

    public static ServiceSpec child(String name, String parent) {
        return of(name, Placement.ANYWHERE, Optional.of(new ServiceName(parent)));
    }

    private static Placement placement(List<String> allow, List<NodeId> prefer, Policy policy, Register register) {
        return new Placement(
                allow.stream().map(NodePattern::new).toList(),
                List.of(),
                prefer,
                PreferenceOrder.RANKED,
                policy,
                register,
                Maturity.AT_ONCE,
                TransferCost.COSTLY);
    }

    private static ServiceSpec of(String name, Placement placement, Optional<ServiceName> parent) {
        Actions actions = new Actions(Map.of(Verb.START, START, Verb.STOP, STOP));
        return new ServiceSpec(new ServiceName(name), placement, parent, actions, Duration.ZERO, false);
    }

    private static Action action(String file) {
        return new Action(new Target.Run(file), Map.of(), List.of(), Duration.ofSeconds(30));
    }
}
