package io.stead.model.check;

import static io.stead.model.check.Finding.error;
import static io.stead.model.check.Finding.warning;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Text;
import io.stead.model.spec.NodePattern;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code apply} and {@code delete} ask of specs beyond what each value asks of itself. */
public final class SpecChecks {
    private SpecChecks() {}

    /** What one spec shows by itself. */
    public static List<Finding> alone(ServiceSpec spec) {
        List<Finding> found = new ArrayList<>();
        placement(spec, found);
        if (Stream.of(Verb.START, Verb.STOP, Verb.RECOVERY).noneMatch(spec.actions()::has)) {
            found.add(warning(
                    spec.name(), "actions", "there is no start: the service is registered, and nothing is run for it"));
        }
        for (Verb verb : List.of(Verb.STOP, Verb.RECOVERY)) {
            if (spec.actions().has(verb) && !spec.actions().has(Verb.START)) {
                String word = verb == Verb.STOP ? "stop" : "recovery";
                found.add(warning(
                        spec.name(),
                        "actions." + word,
                        "there is no start: " + word + " serves only what something else has started"));
            }
        }
        return found;
    }

    private static void placement(ServiceSpec spec, List<Finding> found) {
        Placement placement = spec.placement();
        if (placement.allowsNothing()) {
            String why = placement.allow().isEmpty() ? "allow is empty" : "deny takes away all that allow gives";
            found.add(error(spec.name(), "placement", "no node is left: " + why));
            return;
        }
        Set<NodeId> seen = new HashSet<>();
        for (int i = 0; i < placement.prefer().size(); i++) {
            NodeId node = placement.prefer().get(i);
            String path = "placement.prefer[" + i + "]";
            if (!seen.add(node)) {
                found.add(error(spec.name(), path, "node " + node + " is preferred twice"));
            } else if (!placement.isAllowed(node)) {
                found.add(error(
                        spec.name(),
                        path,
                        "node " + node + " is not allowed: put it in allow, or take it out of "
                                + (placement.isDenied(node) ? "deny" : "prefer")));
            }
        }
    }

    /**
     * What specs show together.
     *
     * @param wanted those to be applied
     * @param stored those that are applied already; {@code wanted} replaces the ones of the same names
     * @param nodes every node ever seen; where it is empty, nothing is said about unknown nodes
     */
    public static List<Finding> together(
            List<ServiceSpec> wanted, Map<ServiceName, ServiceSpec> stored, Set<NodeId> nodes) {
        List<Finding> found = new ArrayList<>();
        Map<ServiceName, ServiceSpec> all = new HashMap<>(stored);
        Set<ServiceName> named = new HashSet<>();
        for (ServiceSpec spec : wanted) {
            all.put(spec.name(), spec);
            if (!named.add(spec.name())) {
                found.add(error(spec.name(), "name", "service " + spec.name() + " is given twice"));
            }
        }
        Set<List<ServiceName>> rounds = new HashSet<>();
        for (ServiceSpec spec : wanted) {
            spec.parent()
                    .filter(parent -> !all.containsKey(parent))
                    .ifPresent(parent -> found.add(error(spec.name(), "parent", "there is no service " + parent)));
            Ancestry.round(spec.name(), all)
                    .filter(rounds::add)
                    .ifPresent(round -> found.add(error(spec.name(), "parent", "parents go round: " + arrows(round))));
            if (!nodes.isEmpty()) {
                unknownNodes(spec, nodes, found);
            }
        }
        return found;
    }

    private static String arrows(List<ServiceName> round) {
        return round.stream().map(ServiceName::value).collect(Collectors.joining(" -> "));
    }

    private static void unknownNodes(ServiceSpec spec, Set<NodeId> nodes, List<Finding> found) {
        Placement placement = spec.placement();
        patterns(spec, "placement.allow", placement.allow(), nodes, found);
        patterns(spec, "placement.deny", placement.deny(), nodes, found);
        List<NodePattern> preferred =
                placement.prefer().stream().map(n -> new NodePattern(n.value())).toList();
        patterns(spec, "placement.prefer", preferred, nodes, found);
    }

    private static void patterns(
            ServiceSpec spec, String path, List<NodePattern> patterns, Set<NodeId> nodes, List<Finding> found) {
        for (int i = 0; i < patterns.size(); i++) {
            NodePattern pattern = patterns.get(i);
            if (nodes.stream().noneMatch(pattern::matches)) {
                found.add(warning(
                        spec.name(), path + "[" + i + "]", "no known node matches " + Text.quoted(pattern.text())));
            }
        }
    }

    /** What stands against taking specs away: children that would be left without their parent. */
    public static List<Finding> deletion(Collection<ServiceName> doomed, Map<ServiceName, ServiceSpec> stored) {
        List<Finding> found = new ArrayList<>();
        for (ServiceName service : doomed) {
            String children = stored.values().stream()
                    .filter(s -> s.parent().equals(Optional.of(service)) && !doomed.contains(s.name()))
                    .map(s -> s.name().value())
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!children.isEmpty()) {
                found.add(error(service, "", "it has children: delete " + children + " first"));
            }
        }
        return found;
    }
}
