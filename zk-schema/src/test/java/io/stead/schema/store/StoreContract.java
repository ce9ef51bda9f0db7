package io.stead.schema.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.audit.Entry;
import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.member.NodeStatus;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.service.Assignments;
import io.stead.model.service.Failure;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import io.stead.model.view.NodeView;
import io.stead.model.view.Unreadable;
import io.stead.plan.Decision;
import io.stead.plan.Plan;
import io.stead.schema.codec.Codecs;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.WriteOutcome.Cause;
import io.stead.schema.znode.Znodes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the three sides of the store promise each other, over any {@link Znodes} with a freshly installed cluster. */
abstract class StoreContract {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final ServiceName DB = new ServiceName("db");
    private static final ServiceName WEB = new ServiceName("web");
    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** One session of one of the roles. */
    record Client(Znodes znodes, long session) {
        Incarnation incarnation() {
            return new Incarnation(session);
        }
    }

    /** An agent of that name. */
    abstract Client agent(String node) throws Exception;

    abstract Client operator() throws Exception;

    abstract void end(Client client);

    @AfterEach
    void closeStores() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void freshCluster_isEmpty() throws Exception {
        assertThat(snapshot(leader(agent("n1"), N1)).view()).isEqualTo(withLeader(ClusterView.EMPTY, Optional.of(N1)));
    }

    @Test
    void eachLeader_hasAHigherEpoch() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        assertThat(office(store).epoch()).isEqualTo(new Epoch(1));
        assertThat(office(store).epoch()).isEqualTo(new Epoch(2));
        assertThat(office(leader(agent("n2"), N2)).epoch()).isEqualTo(new Epoch(3));
        patiently().until(() -> snapshot(store).view().epoch().equals(new Epoch(3)));
    }

    @Test
    void committedPlan_isInTheNextView_asThePlanSaid() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        Snapshot before = snapshot(store);
        Plan plan = plan(
                new Decision.SetMembership(joined(N1, new Incarnation(7))),
                new Decision.SetAssignment(assigned(DB, 3, N1, new Incarnation(7))));

        assertThat(commit(store, office, before, plan)).isEqualTo(new CommitResult.Committed());
        assertThat(snapshot(store).view())
                .isEqualTo(plan.appliedTo(
                        before.view().holdings().isEmpty()
                                ? withHoldings(before.view(), Map.of(DB, List.of()))
                                : before.view()));
    }

    @Test
    @Tag("C1")
    @Tag("A22")
    void deposedLeader_canChangeNothing() throws Exception {
        LeaderStore first = leader(agent("n1"), N1);
        Office old = office(first);
        Snapshot basis = snapshot(first);
        LeaderStore second = leader(agent("n2"), N2);
        Office present = office(second);

        Plan plan = plan(new Decision.SetAssignment(assigned(DB, 1, N1, new Incarnation(7))));
        assertThat(commit(first, old, basis, plan)).isEqualTo(new CommitResult.Deposed());
        assertThat(snapshot(second).view().assignments()).isEmpty();
        assertThat(get(new OperatorStore(operator().znodes()).history())).isEmpty();

        assertThat(commit(second, present, snapshot(second), plan)).isEqualTo(new CommitResult.Committed());
    }

    @Test
    void planUponAnOldView_isStale_andNothingOfItTakesPlace() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        Snapshot old = snapshot(store);
        assertThat(commit(
                        store, office, old, plan(new Decision.SetAssignment(assigned(DB, 1, N1, new Incarnation(7))))))
                .isEqualTo(new CommitResult.Committed());

        Plan late = plan(
                new Decision.SetAssignment(assigned(WEB, 1, N1, new Incarnation(7))),
                new Decision.SetAssignment(assigned(DB, 9, N2, new Incarnation(8))));
        assertThat(commit(store, office, old, late)).isInstanceOf(CommitResult.Stale.class);
        assertThat(snapshot(store).view().assignments().keySet()).containsExactly(DB);
        assertThat(snapshot(store).view().assignment(DB).generation()).isEqualTo(1);

        assertThat(commit(store, office, snapshot(store), late)).isEqualTo(new CommitResult.Committed());
    }

    @Test
    void largePlan_isSplitBetweenDecisions_andItsHistoryIsKept() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        List<Decision> decisions = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        IntStream.range(0, 1_500).forEach(i -> {
            ServiceName name = new ServiceName("service-" + i);
            decisions.add(new Decision.SetAssignment(assigned(name, 1, N1, new Incarnation(7))));
            entries.add(new Entry(T0, "service " + name, Optional.of(N1), "starts", "n1 is the least loaded of all"));
        });

        assertThat(get(store.commit(
                        office, snapshot(store), new Plan(decisions, new TreeMap<>(), Optional.empty()), entries)))
                .isEqualTo(new CommitResult.Committed());

        assertThat(snapshot(store).view().assignments()).hasSize(1_500);
        List<Entry> kept = get(new OperatorStore(operator().znodes()).history()).values().stream()
                .flatMap(List::stream)
                .toList();
        assertThat(kept).isEqualTo(entries);
    }

    @Test
    @Tag("A22")
    void splitPlan_thatEndsHalfway_leavesTheHistoryOfWhatTookPlace() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        Snapshot old = snapshot(store);
        ServiceName last = new ServiceName("service-999");
        commit(store, office, old, plan(new Decision.SetAssignment(assigned(last, 1, N1, new Incarnation(7)))));
        List<Decision> decisions = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> {
            ServiceName name = new ServiceName("service-" + i);
            decisions.add(new Decision.SetAssignment(assigned(name, 2, N1, new Incarnation(7))));
            entries.add(new Entry(T0, "service " + name, Optional.of(N1), "starts", ""));
        });

        assertThat(get(store.commit(office, old, new Plan(decisions, new TreeMap<>(), Optional.empty()), entries)))
                .isInstanceOf(CommitResult.Stale.class);

        Map<ServiceName, ServiceAssignment> assignments = snapshot(store).view().assignments();
        assertThat(assignments).hasSizeBetween(100, 900);
        assertThat(get(new OperatorStore(operator().znodes()).history()).values().stream()
                        .flatMap(List::stream)
                        .map(Entry::resource))
                .containsExactlyInAnyOrderElementsOf(assignments.keySet().stream()
                        .filter(name -> !name.equals(last))
                        .map(name -> "service " + name)
                        .toList());
    }

    @Test
    void decisionThatIsTooLarge_isLeftOutAndNamed_andHoldsUpNoOther() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        OperatorStore operator = new OperatorStore(operator().znodes());
        get(operator.ask(request("r1", new Wish.Register(DB, Optional.empty(), false))));
        patiently().until(() -> snapshot(store).view().requests().size() == 1);
        List<Failure> failures = IntStream.range(0, Write.MAX_ZNODE_BYTES / 100)
                .mapToObj(i -> new Failure(new NodeId("node-" + i), new Incarnation(i), 1, 1, T0, "exit status 1"))
                .toList();
        ServiceAssignment large = Assignments.failures(assigned(DB, 1, N1, new Incarnation(7)), failures);
        Plan plan = plan(
                new Decision.SetAssignment(large),
                new Decision.SetAssignment(assigned(WEB, 1, N1, new Incarnation(7))),
                new Decision.Give(new Answer("r1", Answer.Verdict.ACCEPTED, Optional.of(1L), "", T0)));
        List<Entry> entries = List.of(
                new Entry(T0, "service db", Optional.empty(), "starts", ""),
                new Entry(T0, "service web", Optional.empty(), "starts", ""),
                new Entry(T0, "request r1", Optional.empty(), "accepted", ""));

        assertThat(get(store.commit(office, snapshot(store), plan, entries)))
                .isInstanceOfSatisfying(
                        CommitResult.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains(Layout.assignment(DB))
                                .doesNotContain("web"));

        ClusterView view = snapshot(store).view();
        assertThat(view.assignments()).containsOnlyKeys(WEB);
        assertThat(view.requests()).as("without its effect").hasSize(1);
        assertThat(get(operator.history()).values()).containsExactly(List.of(entries.get(1)));
    }

    @Test
    @Tag("C1")
    void everyPartOfALargePlan_checksTheEpoch() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        List<Decision> decisions = IntStream.range(0, 1_500)
                .<Decision>mapToObj(i -> new Decision.SetAssignment(
                        assigned(new ServiceName("service-" + i), 1, N1, new Incarnation(7))))
                .toList();
        List<List<Write>> parts = Commit.of(
                        office, snapshot(store), new Plan(decisions, new TreeMap<>(), Optional.empty()), List.of())
                .transactions();

        assertThat(parts).hasSizeGreaterThan(1).allSatisfy(part -> {
            assertThat(part.getFirst()).isEqualTo(new Write.Check(Layout.EPOCH, office.version()));
            assertThat(Write.beyondBounds(part)).isEmpty();
        });
    }

    @Test
    void answer_comesInOneTransaction_withItsEffectAndTheEndOfItsRequest() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        OperatorStore operator = new OperatorStore(operator().znodes());
        assertThat(get(operator.ask(request("r1", new Wish.Register(DB, Optional.empty(), false)))))
                .isInstanceOf(WriteOutcome.Committed.class);
        patiently().until(() -> snapshot(store).view().requests().size() == 1);
        assertThat(get(operator.answer("r1"))).isEmpty();

        List<Decision> decisions = new ArrayList<>(IntStream.range(0, 1_000)
                .<Decision>mapToObj(i -> new Decision.SetAssignment(
                        assigned(new ServiceName("service-" + i), 1, N1, new Incarnation(7))))
                .toList());
        Answer answer = new Answer("r1", Answer.Verdict.ACCEPTED, Optional.of(1L), "", T0);
        decisions.addFirst(new Decision.SetAssignment(assigned(DB, 1, N1, new Incarnation(7))));
        decisions.add(new Decision.Give(answer));
        Plan plan = new Plan(decisions, new TreeMap<>(), Optional.empty());
        List<List<Write>> parts =
                Commit.of(office, snapshot(store), plan, List.of()).transactions();
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts)
                .filteredOn(part -> part.stream().map(Write::path).anyMatch(Layout.answer("r1")::equals))
                .singleElement()
                .satisfies(part -> assertThat(part)
                        .extracting(Write::path)
                        .contains(Layout.assignment(DB), Layout.answer("r1"), Layout.request("r1")));

        assertThat(commit(store, office, snapshot(store), plan)).isEqualTo(new CommitResult.Committed());
        assertThat(get(operator.answer("r1"))).contains(answer);
        assertThat(snapshot(store).view().requests()).isEmpty();
        assertThat(snapshot(store).view().answers()).containsExactly(answer);

        commit(store, office, snapshot(store), plan(new Decision.Forget(answer)));
        assertThat(get(operator.answer("r1"))).isEmpty();
    }

    @Test
    void requests_areMetInTheOrderInWhichTheyWereMade() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        OperatorStore operator = new OperatorStore(operator().znodes());
        for (String id : List.of("z", "m", "a")) {
            get(operator.ask(request(id, new Wish.Deregister(DB))));
        }
        patiently().until(() -> snapshot(store).view().requests().size() == 3);
        assertThat(snapshot(store).view().requests()).extracting(Request::id).containsExactly("z", "m", "a");

        assertThat(get(operator.withdraw("m"))).isInstanceOf(WriteOutcome.Committed.class);
        patiently().until(() -> snapshot(store).view().requests().size() == 2);
    }

    @Test
    void specs_areAppliedAllOrNone_andTwoOperatorsAtOnceAreSerialised() throws Exception {
        OperatorStore ada = new OperatorStore(operator().znodes());
        OperatorStore ben = new OperatorStore(operator().znodes());
        Snapshot seenByAda = get(ada.read()).orElseThrow();
        Snapshot seenByBen = get(ben.read()).orElseThrow();

        assertThat(get(ada.apply(seenByAda, List.of(spec(DB), spec(WEB)), List.of(), "ada")))
                .isInstanceOf(WriteOutcome.Committed.class);
        assertThat(get(ben.apply(seenByBen, List.of(spec(new ServiceName("x"))), List.of(), "ben")))
                .isEqualTo(new WriteOutcome.Refused(0, Layout.SPECS, Cause.BAD_VERSION));

        Snapshot next = get(ben.read()).orElseThrow();
        assertThat(next.view().services()).containsOnlyKeys(DB, WEB);
        assertThat(get(ben.apply(next, List.of(spec(DB)), List.of(WEB), "ben")))
                .isInstanceOf(WriteOutcome.Committed.class);
        assertThat(get(ada.read()).orElseThrow().view().services()).isEqualTo(Map.of(DB, spec(DB)));
    }

    @Test
    void unreadableZnode_freezesItsOwnResource_andIsListed() throws Exception {
        Client operator = operator();
        OperatorStore specs = new OperatorStore(operator.znodes());
        get(specs.apply(get(specs.read()).orElseThrow(), List.of(spec(DB)), List.of(), "ada"));
        get(operator.znodes()
                .write(List.of(new Write.Create(Layout.spec(WEB), "{\"v\":99}", Write.Mode.PERSISTENT, Access.SPEC))));

        ClusterView view = snapshot(leader(agent("n1"), N1)).view();
        assertThat(view.services()).isEqualTo(Map.of(DB, spec(DB)));
        assertThat(view.unreadable()).singleElement().satisfies(u -> {
            assertThat(u.path()).isEqualTo(Layout.spec(WEB));
            assertThat(u.service()).contains(WEB);
        });
    }

    @Test
    void enlistedNode_isAMember_untilItsSessionEnds() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        Client client = agent("n2");
        NodeStore node = node(client, N2);
        Member member = member(N2, client.incarnation());
        NodeStatus status = new NodeStatus(N2, client.incarnation(), true, 10, false);

        assertThat(get(node.enlist(member, status))).isInstanceOf(WriteOutcome.Committed.class);
        assertThat(node.enlisted()).contains(client.incarnation());
        patiently().until(() -> snapshot(store).view().statuses().containsKey(N2));
        assertThat(snapshot(store).view().members()).isEqualTo(Map.of(N2, member));
        assertThat(snapshot(store).view().lives(N2, client.incarnation())).isTrue();

        NodeStatus worse = new NodeStatus(N2, client.incarnation(), false, 20, true);
        get(node.say(worse));
        patiently().until(() -> snapshot(store).view().statuses().containsValue(worse));

        end(client);
        patiently().until(() -> snapshot(store).view().members().isEmpty());
        assertThat(snapshot(store).view().statuses()).isEmpty();
    }

    @Test
    void whatNamesAnotherSessionThanItsOwn_isNotBelieved() throws Exception {
        Client client = agent("n2");
        NodeStore node = node(client, N2);
        get(node.enlist(member(N2, new Incarnation(4711)), new NodeStatus(N2, new Incarnation(4711), true, 0, false)));

        ClusterView view = snapshot(leader(agent("n1"), N1)).view();
        assertThat(view.lives(N2, client.incarnation())).isTrue();
        assertThat(view.statuses().values()).noneMatch(NodeStatus::ok);
        assertThat(view.unreadable()).extracting(Unreadable::path).contains(Layout.member(N2), Layout.status(N2));
    }

    @Test
    void nodeOfWhichNothingCanBeRead_isPresentAllTheSame_notOkAndQuiesced() throws Exception {
        Client client = agent("n2");
        NodeStore node = node(client, N2);
        get(node.enlist(member(N2, client.incarnation()), new NodeStatus(N2, client.incarnation(), true, 0, false)));
        get(client.znodes()
                .write(List.of(
                        garbage(Layout.member(N2)),
                        garbage(Layout.status(N2)),
                        new Write.Create(Layout.override(N2), "?", Write.Mode.PERSISTENT, Access.LEADER))));

        Snapshot snapshot = snapshot(leader(agent("n1"), N1));
        ClusterView view = snapshot.view();
        assertThat(view.lives(N2, client.incarnation())).isTrue();
        assertThat(view.statuses().values()).noneMatch(NodeStatus::ok);
        assertThat(view.overrides().values()).singleElement().matches(NodeOverride::quiesced);
        assertThat(view.unreadable())
                .extracting(Unreadable::path)
                .containsExactlyInAnyOrder(Layout.member(N2), Layout.status(N2), Layout.override(N2));
        assertThat(snapshot.obstacle()).isEmpty();
    }

    @Test
    void membershipThatCantBeRead_standsInTheWayOfEverything() throws Exception {
        Client client = agent("n1");
        get(client.znodes().write(List.of(garbage(Layout.TRANSITIONS))));

        assertThat(snapshot(leader(client, N1)).obstacle())
                .hasValueSatisfying(u -> assertThat(u.path()).isEqualTo(Layout.TRANSITIONS));
    }

    @Test
    void epochThatSomebodyElseWrote_endsTheOffice_andTheNextOneMendsIt() throws Exception {
        Client client = agent("n1");
        LeaderStore store = leader(client, N1);
        Office office = office(store);
        get(client.znodes().write(List.of(garbage(Layout.EPOCH))));
        patiently().until(() -> snapshot(store).isUnderAnotherEpoch(office));

        Office next = office(store);
        assertThat(next.epoch()).isGreaterThan(office.epoch());
        patiently().until(() -> snapshot(store).obstacle().isEmpty());
        assertThat(snapshot(store).isUnderAnotherEpoch(next)).isFalse();
    }

    private static Write garbage(String path) {
        return new Write.Set(path, "?", Write.ANY_VERSION);
    }

    @Test
    void node_seesItsState_itsSpecs_andTheHoldingsOfWhatItWatches() throws Exception {
        Client client = agent("n2");
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        NodeStore node = node(client, N2);
        get(node.enlist(member(N2, client.incarnation()), new NodeStatus(N2, client.incarnation(), true, 0, false)));
        Membership membership = joined(N2, client.incarnation());
        commit(
                store,
                office,
                snapshot(store),
                plan(
                        new Decision.SetMembership(membership),
                        new Decision.SetAssignment(assigned(DB, 3, N2, client.incarnation()))));

        patiently()
                .until(() -> node.view()
                        .filter(v -> v.assignments().containsKey(DB) && v.isJoined())
                        .isPresent());
        assertThat(view(node).state()).isEqualTo(membership.of(N2));
        assertThat(view(node).holdings()).as("not watched yet").isEmpty();

        node.watchHoldings(Set.of(DB));
        patiently().until(() -> view(node).holdings().containsKey(DB));
        Holding holding = new Holding(DB, N2, client.incarnation(), 3, HoldingState.ACQUIRING);
        NodeReports reports = new NodeReports(
                N2, client.incarnation(), List.of(new Report(DB, 3, Verb.START, Outcome.SUCCEEDED, "")));
        assertThat(get(node.publish(List.of(holding), reports))).isInstanceOf(WriteOutcome.Committed.class);

        assertThat(view(node).own(DB)).contains(holding);
        assertThat(view(node).published()).isEqualTo(reports);
        patiently().until(() -> snapshot(store).view().reports().equals(Map.of(N2, reports)));
        assertThat(snapshot(store).view().holdings()).isEqualTo(Map.of(DB, List.of(holding)));

        node.watchHoldings(Set.of());
        assertThat(view(node).holdings()).isEmpty();
    }

    @Test
    void unchangedCluster_isUnderstoodOnce() throws Exception {
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        NodeStore node = node(agent("n2"), N2);
        assertThat(view(node)).isSameAs(view(node));
        Snapshot before = snapshot(store);
        assertThat(snapshot(store)).isSameAs(before);

        commit(store, office, before, plan(new Decision.SetAssignment(assigned(DB, 3, N2, new Incarnation(7)))));
        assertThat(snapshot(store)).isNotSameAs(before);
        patiently().until(() -> view(node).assignments().containsKey(DB));
    }

    @Test
    void moreHoldingsThanATransactionHas_arePublishedAllTheSame() throws Exception {
        Client client = agent("n2");
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        NodeStore node = node(client, N2);
        get(node.enlist(member(N2, client.incarnation()), new NodeStatus(N2, client.incarnation(), true, 0, false)));
        List<ServiceName> names = IntStream.range(0, 1_000)
                .mapToObj(i -> new ServiceName("a-service-with-a-name-that-nobody-would-want-to-type-twice-" + i))
                .toList();
        List<Decision> decisions = new ArrayList<>();
        names.forEach(n -> decisions.add(new Decision.SetAssignment(assigned(n, 3, N2, client.incarnation()))));
        commit(store, office, snapshot(store), new Plan(decisions, new TreeMap<>(), Optional.empty()));
        node.watchHoldings(Set.copyOf(names));
        patiently().until(() -> view(node).holdings().size() == 1_000);
        List<Holding> holdings = names.stream()
                .map(n -> new Holding(n, N2, client.incarnation(), 3, HoldingState.ACQUIRING))
                .toList();
        NodeReports reports = new NodeReports(
                N2,
                client.incarnation(),
                names.stream()
                        .limit(100)
                        .map(n -> new Report(n, 3, Verb.START, Outcome.FAILED, "no, ".repeat(500)))
                        .toList());

        assertThat(get(node.publish(holdings, reports))).isInstanceOf(WriteOutcome.Committed.class);

        assertThat(view(node).published())
                .as("though its details are shortened")
                .isEqualTo(reports);
        patiently().until(() -> snapshot(store).view().reports().containsKey(N2));
        assertThat(snapshot(store).view().reports().values().stream().flatMap(r -> r.reports().stream()))
                .hasSize(100)
                .allSatisfy(r -> assertThat(r.detail()).endsWith("…"));
        patiently()
                .until(() -> snapshot(store).view().holdings().values().stream().allMatch(h -> h.size() == 1));
    }

    @Test
    void holdingThatLiesAboutItsNode_isNotBelieved() throws Exception {
        Client client = agent("n2");
        LeaderStore store = leader(agent("n1"), N1);
        Office office = office(store);
        commit(
                store,
                office,
                snapshot(store),
                plan(new Decision.SetAssignment(assigned(DB, 3, N2, client.incarnation()))));
        Holding lie = new Holding(DB, N1, client.incarnation(), 3, HoldingState.FREE);
        get(client.znodes()
                .write(List.of(new Write.Create(
                        Layout.holding(DB, N2),
                        Decoding.text(Codecs.HOLDING, lie),
                        Write.Mode.EPHEMERAL,
                        Access.OWN))));

        patiently().until(() -> !snapshot(store).view().unreadable().isEmpty());
        assertThat(snapshot(store).view().holdings()).isEqualTo(Map.of(DB, List.of()));
        assertThat(snapshot(store).view().unreadable())
                .singleElement()
                .satisfies(u -> assertThat(u.service()).contains(DB));
    }

    final LeaderStore leader(Client client, NodeId node) {
        LeaderStore store = new LeaderStore(node, client.znodes(), 0, () -> {});
        opened.add(store);
        return store;
    }

    final NodeStore node(Client client, NodeId id) {
        NodeStore store = new NodeStore(id, client.incarnation(), client.znodes(), 0, () -> {});
        opened.add(store);
        patiently().until(store::isComplete);
        return store;
    }

    static Office office(LeaderStore store) throws Exception {
        return get(store.takeOffice()).orElseThrow();
    }

    static Snapshot snapshot(LeaderStore store) {
        patiently().until(() -> store.snapshot().isPresent());
        return store.snapshot().orElseThrow();
    }

    static NodeView view(NodeStore store) {
        patiently().until(() -> store.view().isPresent());
        return store.view().orElseThrow();
    }

    static CommitResult commit(LeaderStore store, Office office, Snapshot basis, Plan plan) throws Exception {
        return get(store.commit(office, basis, plan, List.of()));
    }

    static Plan plan(Decision... decisions) {
        return new Plan(List.of(decisions), new TreeMap<>(), Optional.empty());
    }

    static ServiceAssignment assigned(ServiceName service, long generation, NodeId node, Incarnation incarnation) {
        Owner owner = new Owner(
                node,
                incarnation,
                generation,
                Actions.NONE,
                Optional.empty(),
                true,
                Duration.ZERO,
                T0,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new ServiceAssignment(
                service,
                generation,
                List.of(owner),
                Optional.empty(),
                Optional.of(T0),
                Optional.of(T0),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "it is the only one");
    }

    static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }

    static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
    }

    private static Membership joined(NodeId node, Incarnation incarnation) {
        return Membership.EMPTY.with(new MemberState(node, incarnation, MemberPhase.JOINED, 900, T0, ""));
    }

    static Member member(NodeId node, Incarnation incarnation) {
        return new Member(node, incarnation, "boot", List.of("10.1.0.2"), Map.of("rack", "r1"));
    }

    private static ServiceSpec spec(ServiceName name) {
        return new ServiceSpec(name, Placement.ANYWHERE, Optional.empty(), Actions.NONE, Duration.ZERO, false);
    }

    private static Request request(String id, Wish wish) {
        return new Request(id, wish, "ada", "", Optional.empty(), T0, Optional.empty());
    }

    private static ClusterView withLeader(ClusterView v, Optional<NodeId> leader) {
        return new ClusterView(
                v.epoch(),
                leader,
                v.members(),
                v.statuses(),
                v.membership(),
                v.overrides(),
                v.services(),
                v.assignments(),
                v.holdings(),
                v.reports(),
                v.requests(),
                v.answers(),
                v.unreadable());
    }

    private static ClusterView withHoldings(ClusterView v, Map<ServiceName, List<Holding>> holdings) {
        return new ClusterView(
                v.epoch(),
                v.leader(),
                v.members(),
                v.statuses(),
                v.membership(),
                v.overrides(),
                v.services(),
                v.assignments(),
                holdings,
                v.reports(),
                v.requests(),
                v.answers(),
                v.unreadable());
    }
}
