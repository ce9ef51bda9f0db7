package io.stead.schema.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.view.ClusterView;
import io.stead.plan.Decision;
import io.stead.plan.Plan;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Write;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void nodeThatIsDeleted_isForgottenWithWhatWasAskedOfIt_orNotAtAll() {
        Request request = new Request("r1", new Wish.DeleteNode(N1), "ann", "", Optional.empty(), T0, Optional.empty());
        ClusterView empty = ClusterView.EMPTY;
        ClusterView view = new ClusterView(
                empty.epoch(),
                empty.leader(),
                empty.members(),
                empty.statuses(),
                empty.membership(),
                empty.overrides(),
                empty.maintenance(),
                empty.services(),
                empty.assignments(),
                empty.holdings(),
                empty.reports(),
                List.of(request),
                empty.answers(),
                empty.unreadable());
        Plan plan = new Plan(
                List.of(
                        new Decision.SetMembership(Membership.EMPTY),
                        new Decision.SetOverride(new NodeOverride(N1, false, false, "ann", "", T0, Optional.empty())),
                        new Decision.Give(new Answer("r1", Answer.Verdict.ACCEPTED, Optional.empty(), "", T0))),
                new TreeMap<>(),
                Optional.empty());

        assertThat(Bundle.of(new Snapshot(view, Map.of()), plan, List.of()))
                .singleElement()
                .satisfies(bundle -> assertThat(bundle.writes())
                        .extracting(Write::path)
                        .containsExactly(
                                Layout.TRANSITIONS, Layout.override(N1), Layout.answer("r1"), Layout.request("r1")));
    }
}
