package io.stead.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.cli.fake.FakeCluster;
import io.stead.cli.fake.Specs;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.reason.Reason;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A goal is waited for until it is reached, and no longer than it can be. */
final class SettlingTest {
    private static final ServiceName DB = new ServiceName("db");
    private static final ServiceName SPARE = new ServiceName("spare");
    private static final ServiceName LATE = new ServiceName("late");
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private final FakeCluster cluster = new FakeCluster();
    private ClusterView before = ClusterView.EMPTY;
    private int requests;

    @BeforeEach
    void begin() {
        cluster.up("n1", "n2");
        cluster.define(Specs.preferring("db", "n1", "n2"), Specs.manual("spare"), Specs.everywhere("exporter"));
        cluster.settle();
        before = cluster.view();
    }

    private long ask(Wish wish) {
        Request request = new Request(
                "r" + ++requests,
                wish,
                "ann@desk",
                "",
                Optional.empty(),
                cluster.now().wall().plusSeconds(60),
                Optional.empty());
        Answer answer = cluster.ask(request, Duration.ofSeconds(1)).orElseThrow();
        assertThat(answer.verdict()).as(answer.message()).isEqualTo(Answer.Verdict.ACCEPTED);
        return answer.generation().orElse(0L);
    }

    private Progress look(Goal goal) {
        return Settling.look(goal, before, Outlook.of(cluster.view(), cluster.now()));
    }

    private void waits(Goal goal, String why) {
        assertThat(look(goal)).isInstanceOf(Progress.Waiting.class);
        assertThat(look(goal).sentence()).contains(why);
    }

    private void done(Goal goal, String sentence) {
        assertThat(look(goal)).isEqualTo(new Progress.Done(sentence));
    }

    private void missed(Goal goal, String sentence) {
        assertThat(look(goal)).isInstanceOf(Progress.Missed.class);
        assertThat(look(goal).sentence()).contains(sentence);
    }

    @Test
    void registered_onlyWithAnOwnerOfTheAcceptedGeneration() {
        Goal goal =
                new Goal.Registered(SPARE, Optional.empty(), ask(new Wish.Register(SPARE, Optional.empty(), false)));

        waits(goal, "spare is starting");
        cluster.settle();
        done(goal, "spare is registered on n2");
    }

    @Test
    void registered_isMissedWhenSomebodyDeregisters() {
        cluster.hanging.addAll(Set.of(N1, N2));
        Goal goal =
                new Goal.Registered(SPARE, Optional.empty(), ask(new Wish.Register(SPARE, Optional.empty(), false)));
        waits(goal, "spare is starting");

        ask(new Wish.Deregister(SPARE));

        missed(goal, "spare was deregistered meanwhile");
    }

    @Test
    void registered_isMissedWhenItsSpecIsDeleted() {
        cluster.hanging.addAll(Set.of(N1, N2));
        Goal goal =
                new Goal.Registered(SPARE, Optional.empty(), ask(new Wish.Register(SPARE, Optional.empty(), false)));

        cluster.write(List.of(), Set.of(SPARE), Duration.ZERO);

        missed(goal, "its spec was deleted meanwhile");
    }

    @Test
    void registered_everywhere_waitsForTheLeastAdvanced() {
        ServiceName exporter = new ServiceName("exporter");
        ask(new Wish.Deregister(exporter));
        cluster.settle();
        cluster.hanging.add(N2);
        Goal goal = new Goal.Registered(
                exporter, Optional.empty(), ask(new Wish.Register(exporter, Optional.empty(), false)));
        cluster.settle();

        waits(goal, "exporter is starting");
        cluster.hanging.clear();
        cluster.settle();
        done(goal, "exporter is registered on n1, n2");
    }

    @Test
    void transferred_notBeforeTheIntentIsOver() {
        Goal goal = new Goal.Transferred(DB, Optional.empty(), ask(new Wish.Transfer(DB, Optional.empty())));

        waits(goal, "db is stopping");
        cluster.settle();
        done(goal, "db is registered on n2 (was n1)");
    }

    @Test
    void restarted_whenItHasComeBack() {
        Goal goal = new Goal.Restarted(DB, Optional.empty(), ask(new Wish.Restart(DB, Optional.empty())));

        waits(goal, "db is stopping");
        cluster.settle();
        done(goal, "db was restarted on n1");
    }

    @Test
    void restarted_onEveryNodeWhereItWas() {
        ServiceName exporter = new ServiceName("exporter");
        Goal goal = new Goal.Restarted(exporter, Optional.empty(), ask(new Wish.Restart(exporter, Optional.empty())));

        waits(goal, "exporter is stopping");
        cluster.settle();
        done(goal, "exporter was restarted on n1, n2");
    }

    @Test
    void restarted_whatStartedMeanwhile_isNotWaitedFor() {
        ServiceName exporter = new ServiceName("exporter");
        cluster.hanging.add(new NodeId("n3"));
        cluster.up("n3");
        cluster.settle();
        before = cluster.view();
        Goal goal = new Goal.Restarted(exporter, Optional.empty(), ask(new Wish.Restart(exporter, Optional.empty())));

        cluster.hanging.clear();
        cluster.settle();
        done(goal, "exporter was restarted on n1, n2, n3");
    }

    @Test
    void restarted_isMissedWhenItStartsElsewhereOnly() {
        Goal goal = new Goal.Restarted(DB, Optional.empty(), ask(new Wish.Restart(DB, Optional.empty())));
        ask(new Wish.Quiesce(N1));
        cluster.settle();

        missed(goal, "db is on n2 and not on n1");
    }

    @Test
    void changedSpec_isRemarkedUntilARestart() {
        cluster.define(new ServiceSpec(DB, Placement.ANYWHERE, Optional.empty(), Actions.NONE, Duration.ZERO, false));
        cluster.settle();
        assertThat(remark())
                .isEqualTo("it runs on n1 with the actions that it started with, and its spec has others:"
                        + " apply them with `stead restart db`");

        ask(new Wish.Restart(DB, Optional.empty()));
        cluster.settle();
        assertThat(remark()).isEmpty();
    }

    @Test
    void whereItIsNotAllowedAnyMore_isRemarked() {
        cluster.define(Specs.only("db", "n2"));
        cluster.settle();

        assertThat(remark()).isEqualTo("its spec does not allow n1 any more; it stays there until `stead transfer db`");
    }

    @Test
    void whatHasFailedLately_isRemarkedThoughItRuns() {
        cluster.failing.add(N1);
        cluster.define(Specs.preferring("late", "n1", "n2"));
        cluster.settle();

        assertThat(Outlook.of(cluster.view(), cluster.now())
                        .remark(LATE)
                        .map(Reason::sentence)
                        .orElse(""))
                .startsWith("it has failed once lately, last on n1");
    }

    private String remark() {
        return Outlook.of(cluster.view(), cluster.now())
                .remark(DB)
                .map(Reason::sentence)
                .orElse("");
    }

    @Test
    void transferred_isMissedWhenNoNodeCanTakeIt() {
        Goal goal = new Goal.Transferred(DB, Optional.of(N2), ask(new Wish.Transfer(DB, Optional.of(N2))));
        ask(new Wish.Quiesce(N1));
        ask(new Wish.Quiesce(N2));
        cluster.settle();

        missed(goal, "db is deregistered now: no able node");
    }

    @Test
    void transferred_isMissedWhenSomebodyDeregisters() {
        cluster.hanging.add(N1);
        Goal goal = new Goal.Transferred(DB, Optional.empty(), ask(new Wish.Transfer(DB, Optional.empty())));
        waits(goal, "db is stopping");

        ask(new Wish.Deregister(DB));

        missed(goal, "db is still on n1: the transfer was given up");
    }

    @Test
    void deregistered_whenNothingIsLeft() {
        cluster.hanging.add(N1);
        Goal goal = new Goal.Deregistered(DB, ask(new Wish.Deregister(DB)));

        waits(goal, "db is stopping: it is to stop on n1: deregistered by the operator");
        cluster.hanging.clear();
        cluster.settle();
        done(goal, "db is deregistered (was on n1)");
    }

    @Test
    void ended_isMissedWhenItIsAppliedAgain() {
        cluster.hanging.add(N1);
        cluster.write(List.of(), Set.of(DB), Duration.ZERO);
        cluster.settle();
        waits(new Goal.Ended(DB), "db is stopping");

        cluster.define(Specs.preferring("db", "n1", "n2"));

        missed(new Goal.Ended(DB), "db was applied again meanwhile");
    }

    @Test
    void placed_isAlsoWhatNobodyWants() {
        Goal goal = new Goal.Placed(List.of(DB, SPARE, LATE));

        cluster.define(Specs.anywhere("late"));
        waits(goal, "late is deregistered");
        cluster.settle();
        done(goal, "3 services are in place");
    }

    @Test
    void placed_isMissedByWhatNoNodeCanTake_onceNothingElseIsUnderWay() {
        Goal goal = new Goal.Placed(List.of(DB, LATE));
        cluster.hanging.add(N1);
        ask(new Wish.Transfer(DB, Optional.empty()));
        cluster.define(Specs.only("late", "n9"), Specs.child("later", "late"));
        cluster.settle();

        waits(goal, "db is stopping");
        cluster.hanging.clear();
        cluster.settle();
        missed(goal, "accepted, but late is deregistered: no able node");
        missed(new Goal.Placed(List.of(new ServiceName("later"))), "later is deregistered");
    }

    @Test
    void placed_isMissedByWhatStartsNowhere() {
        cluster.failing.addAll(Set.of(N1, N2));
        cluster.define(Specs.anywhere("late"));
        cluster.settle();

        missed(new Goal.Placed(List.of(LATE)), "every able node has failed to start it");
    }

    @Test
    void quiesced_isMissedWhenSomebodyResumes() {
        ask(new Wish.Quiesce(N1));
        done(new Goal.Quiesced(N1), "n1 is quiesced: it takes nothing new and keeps its own");

        ask(new Wish.Resume(N1));

        missed(new Goal.Quiesced(N1), "n1 was resumed meanwhile");
        missed(new Goal.Drained(N1), "n1 is not being drained any more");
        done(new Goal.Resumed(N1), "n1 takes services again");
    }

    @Test
    void drained_notBeforeWhatLeftIsRegisteredElsewhere() {
        cluster.hanging.add(N2);
        ask(new Wish.Drain(N1));
        cluster.settle();

        waits(new Goal.Drained(N1), "db is starting");
        cluster.hanging.clear();
        cluster.settle();
        done(new Goal.Drained(N1), "n1 is drained: nothing is left on it");
    }

    @Test
    void left_isMissedWhenTheNodeComesBackAnew() {
        Optional<Incarnation> life = before.membership().of(N1).map(s -> s.incarnation());
        cluster.hanging.add(N1);
        ask(new Wish.Leave(N1, false));
        waits(new Goal.Left(N1, life), "is stopping");
        cluster.hanging.clear();
        cluster.settle();
        done(new Goal.Left(N1, life), "n1 has left and is inactive");

        cluster.down("n1");
        cluster.up("n1");

        missed(new Goal.Left(N1, life), "n1 has joined anew");
    }

    @Test
    void forcedOut_whenThatLifeIsOver() {
        Optional<Incarnation> life = before.membership().of(N1).map(s -> s.incarnation());
        ask(new Wish.ForceLeave(N1));
        cluster.settle();
        done(new Goal.ForcedOut(N1, life), "n1 was forced out; if its agent lives, it joins anew by itself");

        cluster.up("n1");

        done(new Goal.ForcedOut(N1, life), "n1 was forced out, and has joined anew");
    }
}
