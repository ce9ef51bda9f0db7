package io.stead.schema.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.NodeStatus;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Report;
import io.stead.model.spec.Verb;
import io.stead.plan.Decision;
import io.stead.plan.Plan;
import io.stead.schema.codec.Schema;
import io.stead.schema.install.Frame;
import io.stead.schema.layout.Layout;
import io.stead.schema.memory.MemoryTree;
import io.stead.schema.memory.MemoryZnodes;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract in memory, and what only a connection that breaks on demand can show. */
class MemoryStoreTest extends StoreContract {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final ServiceName DB = new ServiceName("db");
    private static final Incarnation LIFE = new Incarnation(7);

    private final MemoryTree tree = new MemoryTree();
    private final AtomicLong sessions = new AtomicLong(100);

    @BeforeEach
    void install() {
        assertThat(tree.session(1)
                        .write(Frame.of("", new Schema(1, "id", "test")))
                        .join())
                .isInstanceOf(WriteOutcome.Committed.class);
    }

    @Override
    Client agent(String node) {
        return client();
    }

    @Override
    Client operator() {
        return client();
    }

    @Override
    void end(Client client) {
        tree.end((MemoryZnodes) client.znodes());
    }

    @Test
    @Tag("C1")
    void unknownCommit_thatTookPlace_isSaidSo_andInTheNextView() throws Exception {
        Client client = client();
        LeaderStore store = leader(client, N1);
        Office office = office(store);
        Plan plan = plan(new Decision.SetAssignment(assigned(DB, 1, N1, LIFE)));
        Snapshot basis = snapshot(store);

        ((MemoryZnodes) client.znodes()).loseNextAnswer();
        assertThat(commit(store, office, basis, plan)).isInstanceOf(CommitResult.Unknown.class);

        assertThat(snapshot(store).view().assignments()).containsOnlyKeys(DB);
        assertThat(commit(store, office, basis, plan))
                .as("the same again, upon the view before it")
                .isInstanceOf(CommitResult.Stale.class);
    }

    @Test
    void unknownCommit_thatWasLost_canBeMadeAgainUponTheNextView() throws Exception {
        Client client = client();
        LeaderStore store = leader(client, N1);
        Office office = office(store);
        Plan plan = plan(new Decision.SetAssignment(assigned(DB, 1, N1, LIFE)));

        ((MemoryZnodes) client.znodes()).loseNextWrite();
        assertThat(commit(store, office, snapshot(store), plan)).isInstanceOf(CommitResult.Unknown.class);
        assertThat(snapshot(store).view().assignments()).isEmpty();
        assertThat(commit(store, office, snapshot(store), plan)).isEqualTo(new CommitResult.Committed());
    }

    @Test
    void officeWhoseOutcomeIsUnknown_isNotTaken_andTakenWithTheNextEpoch() throws Exception {
        Client client = client();
        LeaderStore store = leader(client, N1);
        ((MemoryZnodes) client.znodes()).loseNextAnswer();
        assertThat(get(store.takeOffice())).isEmpty();
        assertThat(office(store).epoch().number()).isEqualTo(2);
    }

    @Test
    void sessionThatIsOver_leavesTheOutcomeUnknown() throws Exception {
        Client client = client();
        LeaderStore store = leader(client, N1);
        Office office = office(store);
        Snapshot basis = snapshot(store);
        end(client);
        assertThat(commit(store, office, basis, plan(new Decision.SetAssignment(assigned(DB, 1, N1, LIFE)))))
                .isInstanceOf(CommitResult.Unknown.class);
    }

    @Test
    void acquiring_isRefused_whenTheAssignmentHasChangedSinceTheNodeReadIt() throws Exception {
        Client client = client();
        LeaderStore leader = leader(client(), N1);
        Office office = office(leader);
        commit(
                leader,
                office,
                snapshot(leader),
                plan(new Decision.SetAssignment(assigned(DB, 3, N2, client.incarnation()))));
        NodeStore node = node(client, N2);
        get(node.enlist(member(N2, client.incarnation()), new NodeStatus(N2, client.incarnation(), true, 0, false)));
        node.watchHoldings(Set.of(DB));

        ((MemoryZnodes) client.znodes()).missChanges();
        commit(leader, office, snapshot(leader), plan(new Decision.SetAssignment(assigned(DB, 4, N1, LIFE))));
        Holding claim = new Holding(DB, N2, client.incarnation(), 3, HoldingState.ACQUIRING);
        NodeReports none = new NodeReports(N2, client.incarnation(), List.of());

        assertThat(get(node.publish(List.of(claim), none)))
                .isEqualTo(new WriteOutcome.Refused(0, Layout.assignment(DB), WriteOutcome.Cause.BAD_VERSION));
        assertThat(snapshot(leader).view().holdings()).isEqualTo(Map.of(DB, List.of()));
        assertThat(node.view().orElseThrow().assignments().get(DB))
                .as("it has read again")
                .isEqualTo(assigned(DB, 4, N1, LIFE));
    }

    @Test
    void whatSomebodyDeletesUnderANode_isMadeAgain() throws Exception {
        Client client = client();
        NodeStore node = node(client, N2);
        NodeStatus status = new NodeStatus(N2, client.incarnation(), true, 10, false);
        get(node.enlist(member(N2, client.incarnation()), status));
        assertThat(node.says(status)).isTrue();

        delete(Layout.status(N2));
        delete(Layout.reports(N2));
        patiently().until(() -> !node.says(status));
        assertThat(get(node.say(status))).isInstanceOf(WriteOutcome.Committed.class);
        assertThat(node.says(status)).isTrue();
        NodeReports reports = new NodeReports(
                N2, client.incarnation(), List.of(new Report(DB, 3, Verb.START, Outcome.SUCCEEDED, "")));
        patiently().until(() -> get(node.publish(List.of(), reports)) instanceof WriteOutcome.Committed);

        LeaderStore store = leader(client(), N1);
        assertThat(snapshot(store).view().reports()).isEqualTo(Map.of(N2, reports));
        assertThat(snapshot(store).view().statuses()).isEqualTo(Map.of(N2, status));
    }

    private void delete(String path) throws Exception {
        assertThat(get(client().znodes().write(List.of(new Write.Delete(path, Write.ANY_VERSION)))))
                .isInstanceOf(WriteOutcome.Committed.class);
    }

    private Client client() {
        MemoryZnodes znodes = tree.session(sessions.incrementAndGet());
        return new Client(znodes, znodes.id());
    }
}
