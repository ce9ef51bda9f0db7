package io.stead.cli.status;

import io.stead.cli.cluster.Outlook;
import io.stead.cli.cluster.Words;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Failure;
import io.stead.model.service.Owner;
import io.stead.model.service.Phase;
import io.stead.model.service.Recovery;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.ServiceSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One service, as it is shown.
 *
 * @param spec empty when it was deleted and still runs, or when it can't be read
 * @param reason why it is as it is, or what an operator should know of it
 * @param waits whether somebody or something is waited for, so that the reason says more than what was decided
 */
record ServiceLine(
        ServiceName name,
        Optional<ServiceSpec> spec,
        ServiceAssignment assignment,
        Phase phase,
        List<OnNode> perNode,
        String reason,
        boolean waits) {
    /** One owner and where it stands. */
    record OnNode(Owner owner, Phase phase, Instant since) {}

    /** Every service that is defined, frozen, or still somewhere; by name. */
    static List<ServiceLine> of(Outlook now) {
        Set<ServiceName> names = new TreeSet<>(now.view().services().keySet());
        now.view().unreadable().forEach(u -> u.service().ifPresent(names::add));
        now.view().assignments().values().stream()
                .filter(a -> !a.owners().isEmpty())
                .forEach(a -> names.add(a.service()));
        return names.stream().map(n -> of(n, now)).toList();
    }

    static ServiceLine of(ServiceName name, Outlook now) {
        ServiceAssignment a = now.view().assignment(name);
        return new ServiceLine(
                name,
                Optional.ofNullable(now.view().services().get(name)),
                a,
                now.phase(a),
                a.owners().stream()
                        .map(o -> new OnNode(o, now.phase(o), now.since(o)))
                        .toList(),
                now.why(name).isPresent()
                        ? now.reason(name)
                        : now.remark(name).map(Reason::sentence).orElseGet(() -> now.reason(name)),
                now.why(name).isPresent() || now.remark(name).isPresent());
    }

    List<NodeId> nodes() {
        return perNode.stream().map(n -> n.owner().node()).toList();
    }

    /** The nodes, each with its phase where that is another than the service's. */
    String nodesText() {
        return perNode.stream()
                .map(n -> n.owner().node()
                        + (n.phase() == phase ? "" : " (" + n.phase().word() + ")"))
                .collect(Collectors.joining(", "));
    }

    /** Where it is going, while its transfer lasts. */
    Optional<String> transferText() {
        return assignment
                .transfer()
                .map(t -> "leaving " + t.from() + t.to().map(to -> " for " + to).orElse(""));
    }

    /** The keys that design.md §7 promises come first. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name.value());
        tree.put("state", phase.word());
        tree.put("nodes", nodes().stream().map(NodeId::value).toList());
        tree.put("transferring", assignment.transfer().isPresent());
        tree.put("reason", reason);
        tree.put("generation", assignment.generation());
        spec.ifPresent(s -> {
            tree.put("policy", Words.of(s.placement().policy()));
            s.parent().ifPresent(p -> tree.put("parent", p.value()));
        });
        assignment.transfer().ifPresent(t -> {
            Map<String, Object> transfer = new LinkedHashMap<>();
            transfer.put("from", t.from().value());
            t.to().ifPresent(to -> transfer.put("to", to.value()));
            transfer.put("cause", t.cause().sentence());
            tree.put("transfer", transfer);
        });
        tree.put("perNode", perNode.stream().map(ServiceLine::tree).toList());
        tree.put(
                "failures",
                assignment.failures().stream().map(ServiceLine::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(OnNode on) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("node", on.owner().node().value());
        tree.put("state", on.phase().word());
        tree.put("generation", on.owner().generation());
        tree.put("since", on.since().toString());
        on.owner().stopping().ifPresent(s -> tree.put("stopping", s.sentence()));
        on.owner().recovery().ifPresent(r -> tree.put("recovery", tree(r)));
        return tree;
    }

    private static Map<String, Object> tree(Recovery recovery) {
        Map<String, Object> tree = new LinkedHashMap<>();
        recovery.runner().ifPresent(r -> tree.put("on", r.node().value()));
        tree.put("since", recovery.since().toString());
        tree.put("failedOn", recovery.failedOn().stream().map(NodeId::value).toList());
        tree.put("detail", recovery.detail());
        return tree;
    }

    private static Map<String, Object> tree(Failure failure) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("node", failure.node().value());
        tree.put("count", failure.count());
        tree.put("last", failure.last().toString());
        tree.put("detail", failure.detail());
        return tree;
    }
}
