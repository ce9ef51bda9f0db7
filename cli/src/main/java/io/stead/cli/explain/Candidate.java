package io.stead.cli.explain;

import io.stead.cli.cluster.Outlook;
import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.service.Owner;
import io.stead.model.service.Phase;
import io.stead.plan.Observations;
import io.stead.plan.Planner;
import io.stead.plan.Planner.Weighed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One node in the eyes of one service.
 *
 * @param place 1 for the node that would be chosen now, 0 for one that is ruled out
 * @param phase how far the service is there, where it is
 * @param why what speaks against the node, or for it
 */
record Candidate(Weighed weighed, int place, Optional<Phase> phase, String why) {
    /** Every known node: the able ones first, best first. */
    static List<Candidate> of(ServiceName service, Outlook now) {
        List<Weighed> all = Planner.weigh(now.view(), Observations.NONE.see(now.view(), now.now()), now.now(), service);
        List<Candidate> candidates = new ArrayList<>();
        for (Weighed weighed : all) {
            int place = weighed.ruledOut().isPresent() ? 0 : candidates.size() + 1;
            Optional<Owner> owner = now.view().assignment(service).ownerOn(weighed.node());
            candidates.add(new Candidate(weighed, place, owner.map(now::phase), why(weighed, all.getFirst())));
        }
        return candidates;
    }

    private static String why(Weighed weighed, Weighed best) {
        return weighed.ruledOut()
                .map(Reason::sentence)
                .orElseGet(() -> weighed.equals(best) ? "the best able node" : behind(weighed, best));
    }

    /** The first factor in which it is behind, in the planner's order (B13). */
    private static String behind(Weighed weighed, Weighed best) {
        if (weighed.weight() != best.weight()) {
            return "it failed there" + (weighed.failures() == 1 ? "" : " " + weighed.failures() + " times");
        }
        if (weighed.rank() != best.rank()) {
            return best.node() + " is preferred";
        }
        if (weighed.load() != best.load()) {
            return best.node() + " has less load: " + best.load() + " against " + weighed.load();
        }
        if (weighed.owned() != best.owned()) {
            return best.node() + " has fewer services: " + best.owned() + " against " + weighed.owned();
        }
        return "as good as " + best.node() + "; equals are spread by their names";
    }

    boolean isAble() {
        return weighed.ruledOut().isEmpty();
    }

    /** In a word: where it is, where it could be, where it can't. */
    String verdict() {
        return phase.map(Phase::word).orElse(isAble() ? "able" : "ruled out");
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("node", weighed.node().value());
        tree.put("able", isAble());
        tree.put("place", place);
        phase.ifPresent(p -> tree.put("state", p.word()));
        tree.put("preference", weighed.rank());
        tree.put("failures", weighed.failures());
        tree.put("load", weighed.load());
        tree.put("services", weighed.owned());
        tree.put("why", why);
        return tree;
    }
}
