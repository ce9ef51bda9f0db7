package io.stead.cli.explain;

import io.stead.cli.cluster.Line;
import io.stead.cli.cluster.Outlook;
import io.stead.cli.render.Ages;
import io.stead.cli.render.Cell;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.cli.render.Table;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Failure;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Phase;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.StopCause;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.TransferCost;
import io.stead.model.spec.Verb;
import io.stead.schema.spec.SpecTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Why a service is where it is, and why not elsewhere, per node and factor.
 *
 * @param history for when it was decided, and who asked for it
 */
public record ServiceExplained(ServiceName service, Outlook now, List<Line> history) implements Shown {
    @Override
    public Object tree() {
        ServiceAssignment a = now.view().assignment(service);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "service");
        tree.put("name", service.value());
        tree.put("state", now.phase(a).word());
        tree.put("nodes", a.owners().stream().map(o -> o.node().value()).toList());
        tree.put("transferring", a.transfer().isPresent());
        tree.put("reason", now.reason(service));
        decided().ifPresent(at -> tree.put("decided", at.toString()));
        tree.put("remarks", remarks());
        spec().map(SpecTree::of).ifPresent(s -> tree.put("spec", s));
        tree.put(
                "candidates",
                Candidate.of(service, now).stream().map(Candidate::tree).toList());
        return tree;
    }

    @Override
    public void on(Page page) {
        ServiceAssignment a = now.view().assignment(service);
        String where = a.owners().isEmpty()
                ? ""
                : a.owners().stream()
                        .map(o -> o.node() + " for "
                                + Ages.lasting(now.since(o), now.now().wall()))
                        .collect(Collectors.joining(", ", " on ", ""));
        page.line(service + " is " + now.phase(a).word() + where);
        page.line("  " + reason());
        remarks().forEach(r -> page.line("  " + r));
        Table table = new Table("NODE", "VERDICT", "PREFERENCE", "FAILURES", "LOAD", "SERVICES", "WHY");
        for (Candidate c : Candidate.of(service, now)) {
            table.row(
                    Cell.of(c.weighed().node()),
                    c.phase().isPresent()
                            ? Cell.good(c.verdict())
                            : c.isAble() ? Cell.of(c.verdict()) : Cell.bad(c.verdict()),
                    Cell.of(c.weighed().rank() == 0 ? "-" : c.weighed().rank()),
                    Cell.of(c.weighed().failures()),
                    Cell.of(c.weighed().load()),
                    Cell.of(c.weighed().owned()),
                    Cell.of(c.why()));
        }
        if (!table.isEmpty()) {
            page.gap().table(table);
        }
    }

    /** Of what waits the reason is that of this moment; of what is at rest, that of the moment when it was decided. */
    private String reason() {
        String reason = now.reason(service);
        return now.why(service).isPresent() || reason.isEmpty()
                ? reason
                : decided()
                                .map(at -> "decided " + Ages.of(at, now.now().wall()))
                                .orElse("last decided") + ": " + reason;
    }

    private Optional<Instant> decided() {
        return now.why(service).isPresent() ? Optional.empty() : told().decided(now.reason(service));
    }

    private Told told() {
        return new Told(service, history, now.now().wall());
    }

    private Optional<ServiceSpec> spec() {
        return Optional.ofNullable(now.view().services().get(service));
    }

    /** What the reason does not say. */
    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        ServiceAssignment a = now.view().assignment(service);
        if (spec().isEmpty()) {
            remarks.add("it has no spec that can be read: it was deleted, or see `stead status`");
        }
        now.remark(service)
                .filter(r -> !(r instanceof Reason.FailedLately))
                .map(Reason::sentence)
                .ifPresent(remarks::add);
        spec().flatMap(ServiceSpec::parent)
                .ifPresent(p ->
                        remarks.add("it is placed where its parent " + p + " is; the nodes are weighed for that one"));
        a.transfer()
                .filter(t -> !t.isRestart())
                .ifPresent(t -> remarks.add("it is leaving " + t.from()
                        + t.to().map(to -> " for " + to).orElse("") + ": "
                        + t.cause().sentence()
                        + (t.cause() == StopCause.TRANSFER
                                ? told().asked("transfer")
                                        .map(words -> ": " + words)
                                        .orElse("")
                                : "")));
        spec().filter(s -> s.parent().isEmpty()).flatMap(s -> betterPlace(s, a)).ifPresent(remarks::add);
        for (Failure f : a.failures()) {
            remarks.add("it failed on " + f.node() + " "
                    + Ages.of(f.last(), now.now().wall())
                    + (f.detail().isEmpty() ? "" : ": " + f.detail()));
        }
        for (NodeReports reports : new TreeMap<>(now.view().reports()).values()) {
            a.owners().stream()
                    .flatMap(o -> reports.of(service, o.generation(), Verb.NOTIFY).stream())
                    .filter(r -> r.outcome() != Outcome.SUCCEEDED)
                    .forEach(r -> remarks.add("its notify command failed on " + reports.node()
                            + (r.detail().isEmpty() ? "" : ": " + r.detail())));
        }
        a.owners().stream()
                .filter(Owner::named)
                .findFirst()
                .ifPresent(o ->
                        remarks.add("an operator's word put it on " + o.node() + asked(a, "transfer", "register")));
        a.wanted()
                .map(w -> w
                        ? "an operator has registered it" + asked(a, "register")
                        : "an operator has deregistered it" + asked(a, "deregister"))
                .ifPresent(remarks::add);
        return remarks;
    }

    /** What was asked last, and whether what it says of a node holds no more: the node was lost, or its start failed there. */
    private String asked(ServiceAssignment a, String... verbs) {
        Optional<NodeId> past = told().named(verbs)
                .filter(named -> a.owners().stream().noneMatch(o -> o.node().equals(named)));
        return told().asked(verbs).map(words -> ": " + words).orElse("")
                + past.map(named -> "; it is not on " + named + " now").orElse("");
    }

    /** Why it stays although it would be placed elsewhere today: of what runs, is well, and is not about to move. */
    private Optional<String> betterPlace(ServiceSpec spec, ServiceAssignment a) {
        if (spec.placement().policy() == Policy.ALL
                || a.owners().size() != 1
                || a.transfer().isPresent()
                || now.phase(a) != Phase.REGISTERED
                || now.why(service).isPresent()
                || !now.isAtRest(service)) {
            return Optional.empty();
        }
        Owner owner = a.owners().getFirst();
        Optional<Candidate> best = Candidate.of(service, now).stream()
                .filter(Candidate::isAble)
                .findFirst()
                .filter(c -> !c.weighed().node().equals(owner.node()));
        return best.map(c -> "it would go to " + c.weighed().node() + " if it were started now; it stays on "
                + owner.node() + ", because " + whyItStays(spec, owner, c));
    }

    private static String whyItStays(ServiceSpec spec, Owner owner, Candidate best) {
        Placement placement = spec.placement();
        NodeId node = best.weighed().node();
        if (placement.transfer() != TransferCost.FREE) {
            return "its transfer is costly: move it with `stead transfer`";
        }
        return owner.named() && placement.rank(node) < placement.rank(owner.node())
                ? "an operator's word put it there: it moves by itself when " + node + " joins anew"
                : "it moves by itself to a strictly preferred node only";
    }
}
