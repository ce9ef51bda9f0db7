package io.stead.plan;

import static io.stead.testing.SpecBuilder.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.model.view.ClusterView;
import io.stead.testing.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("B24")
final class RequestTest {
    private static final ServiceName S = new ServiceName("s");
    private static final NodeId N1 = new NodeId("n1");

    private final Cluster cluster = new Cluster();

    private Answer register(String node, boolean started) {
        return cluster.ask(
                new Wish.Register(S, Optional.ofNullable(node.isEmpty() ? null : new NodeId(node)), started));
    }

    private Answer transfer(String node) {
        return cluster.ask(new Wish.Transfer(S, Optional.ofNullable(node.isEmpty() ? null : new NodeId(node))));
    }

    @Test
    void register_startsAManualService() {
        cluster.apply(service("s").manual()).up("n1").settle();
        assertThat(cluster.reason("s")).isEqualTo("its spec says register: manual");

        Answer answer = register("", false);

        assertThat(answer.verdict()).isEqualTo(Answer.Verdict.ACCEPTED);
        assertThat(answer.generation()).contains(1L);
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void registerOnANode_startsItThere() {
        cluster.apply(service("s").manual().ranked("n1")).up("n1", "n2").settle();

        register("n2", false);

        assertThat(cluster.state("s")).isEqualTo("starting on n2");
        assertThat(cluster.reason("s")).isEqualTo("ann named n2: maintenance");
    }

    @Test
    void claim_registersItWithoutAStart() {
        cluster.apply(service("s").manual()).up("n1").settle();

        register("n1", true);

        assertThat(cluster.state("s")).isEqualTo("registered on n1");
        assertThat(cluster.reason("s")).isEqualTo("ann claimed it for n1, where it runs already: maintenance");
    }

    @ParameterizedTest(name = "register on \"{0}\": {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "n2 | node n2 can't take service s: not among the allowed nodes",
                "n3 | node n3 can't take service s: denied by the spec",
                "n4 | node n4 can't take service s: quiesced (maintenance)",
                "n5 | node n5 can't take service s: down",
            })
    void registerOnANodeThatIsNotFit_isRefused(String node, String why) {
        cluster.apply(service("s").manual().allow("n1", "n3", "n4", "n5").deny("n3"))
                .up("n1", "n2", "n3", "n4", "n5")
                .settle()
                .down("n5")
                .settle();
        cluster.ask(new Wish.Quiesce(new NodeId("n4")));

        assertRefused(() -> register(node, false), why);
    }

    @Test
    void registerTwice_isRefused() {
        cluster.apply(service("s")).up("n1", "n2").settle();
        String on = cluster.nodes("s").getFirst();

        assertRefused(
                () -> register("", false),
                "service s is registered on " + on + " already: use `stead transfer` to move it");
    }

    @Test
    void registerWhileItStarts_isRefused() {
        cluster.apply(service("s")).up("n1").planAll();

        assertRefused(() -> register("", false), "service s is starting on n1 already: wait until that has ended");
    }

    @Test
    void registerWhileItIsBeingDeregistered_isAcceptedAndItComesBack() {
        cluster.apply(service("s")).up("n1").settle();
        cluster.ask(new Wish.Deregister(S));

        assertThat(register("", false).verdict()).isEqualTo(Answer.Verdict.ACCEPTED);

        assertThat(cluster.state("s")).isEqualTo("stopping on n1");
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    void registerOfAChildOnANode_isRefused() {
        cluster.apply(service("p"), service("s").parent("p")).up("n1").settle();

        assertRefused(
                () -> register("n1", false), "service s is registered on n1 already: use `stead transfer` to move it");
        cluster.ask(new Wish.Deregister(S));
        cluster.settle();
        assertRefused(() -> register("n1", false), "service s is placed where its parent p is: register that one");
    }

    @Test
    void registerOnOneMoreNode_waitsUntilTheOldPolicysOwnerIsGone() {
        cluster.apply(service("s")).up("n1", "n2").settle().apply(service("s").onAll());
        String other = cluster.nodes("s").contains("n1") ? "n2" : "n1";

        Answer answer = register(other, false);

        assertThat(answer.verdict()).isEqualTo(Answer.Verdict.REFUSED);
        assertThat(cluster.nodes("s")).hasSize(1);
    }

    @Test
    void transferOfWhatIsNotRegistered_isRefused() {
        cluster.apply(service("s")).up("n1", "n2").planAll();

        assertRefused(() -> transfer(""), "service s is not registered now: wait, or see `stead explain s`");
    }

    @Test
    void transferThatGoesNowhere_isRefused() {
        cluster.apply(service("s").allow("n1")).up("n1", "n2").settle();

        assertRefused(() -> transfer("n1"), "service s is on n1 already");
        assertRefused(() -> transfer("n2"), "node n2 can't take service s: not among the allowed nodes");
        assertRefused(() -> transfer(""), "service s can't leave n1: no able node: n2: not among the allowed nodes");
    }

    @Test
    void transferOfAChildOrOfPolicyAll_isRefused() {
        cluster.apply(service("p"), service("s").parent("p")).up("n1", "n2").settle();
        assertRefused(() -> transfer(""), "service s is placed where its parent is: transfer that one");

        cluster.delete("s").settle().apply(service("s").onAll()).settle();
        assertRefused(() -> transfer(""), "service s runs on every able node: it can't be transferred");
    }

    @Test
    void deregister_isAnswered_alsoWhenThereIsNothingToStop() {
        cluster.apply(service("s").manual()).up("n1").settle();

        assertThat(cluster.ask(new Wish.Deregister(S)).verdict()).isEqualTo(Answer.Verdict.ACCEPTED);
        assertThat(cluster.reason("s")).isEqualTo("deregistered by ann: maintenance");
    }

    @Test
    void unknownServiceOrNode_isNotFound() {
        cluster.up("n1").settle();

        assertThat(register("", false).message()).isEqualTo("no service s: see `stead services`");
        assertThat(cluster.ask(new Wish.Quiesce(new NodeId("n9"))).verdict()).isEqualTo(Answer.Verdict.NOT_FOUND);
    }

    @Test
    void unknownNode_isNotFound_whoeverNamesIt() {
        cluster.apply(service("s")).up("n1").settle();
        NodeId n9 = new NodeId("n9");

        assertThat(List.of(
                        register("n9", false),
                        transfer("n9"),
                        cluster.ask(new Wish.Clear(S, Optional.of(n9), false)),
                        cluster.ask(new Wish.ForceLeave(n9))))
                .allSatisfy(answer -> {
                    assertThat(answer.verdict()).isEqualTo(Answer.Verdict.NOT_FOUND);
                    assertThat(answer.message()).isEqualTo("no node n9: see `stead nodes`");
                });
        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void anotherGenerationThanExpected_isRefused() {
        cluster.apply(service("s")).up("n1").settle();
        Request request = cluster.request(new Wish.Deregister(S));

        Answer answer = ask(new Request(
                request.id(),
                request.wish(),
                request.author(),
                "",
                Optional.of(7L),
                request.notAfter(),
                Optional.empty()));

        assertThat(answer.message()).isEqualTo("service s is at generation 1, not 7: look again");
        assertThat(cluster.state("s")).isEqualTo("registered on n1");
    }

    @Test
    void tooLate_isRefused() {
        cluster.apply(service("s")).up("n1").settle();
        Request request = cluster.request(new Wish.Deregister(S));
        cluster.pass(Duration.ofSeconds(61));

        assertThat(ask(request).message()).startsWith("it came too late");
        assertThat(cluster.settle().state("s")).isEqualTo("registered on n1");
    }

    @Test
    @Tag("A22")
    void repeated_isCarriedOutOnce() {
        cluster.apply(service("s")).up("n1").settle();
        Request request = cluster.request(new Wish.Deregister(S));
        ask(request);
        long generation = cluster.assignment("s").generation();

        cluster.facts().ask(request);
        cluster.settle();

        assertThat(cluster.assignment("s").generation()).isEqualTo(generation);
        assertThat(cluster.view().answers()).hasSize(1);
    }

    @Test
    @Tag("A22")
    void repeated_isForgottenOnceItIsTooLate() {
        cluster.apply(service("s")).up("n1").settle();
        Request request = cluster.request(new Wish.Deregister(S));
        ask(request);
        cluster.facts().ask(request);
        long generation = cluster.assignment("s").generation();

        cluster.pass(Duration.ofMinutes(11)).settle();
        cluster.pass(Duration.ofMinutes(11)).settle();

        assertThat(cluster.view().requests()).isEmpty();
        assertThat(cluster.view().answers()).isEmpty();
        assertThat(cluster.assignment("s").generation()).isEqualTo(generation);
    }

    @Test
    void answers_areKeptTenMinutes() {
        cluster.up("n1").settle();
        cluster.ask(new Wish.Quiesce(N1));

        assertThat(cluster.pass(Duration.ofMinutes(10)).settle().view().answers())
                .hasSize(1);
        assertThat(cluster.pass(Duration.ofSeconds(1)).settle().view().answers())
                .isEmpty();
    }

    @Test
    void quiesced_keepsItsOwnAndTakesNothingNew_untilResumed() {
        cluster.apply(service("s").ranked("n1")).up("n1", "n2").settle();
        cluster.ask(new Wish.Quiesce(N1));
        cluster.apply(service("t").ranked("n1")).settle();
        assertThat(cluster.nodes("s")).containsExactly("n1");
        assertThat(cluster.nodes("t")).containsExactly("n2");

        cluster.ask(new Wish.Resume(N1));
        cluster.apply(service("u").ranked("n1")).settle();
        assertThat(cluster.nodes("u")).containsExactly("n1");
    }

    @Test
    @Tag("C11")
    void anOverrideThatExpires_isLookedAtAgainThen() {
        cluster.apply(service("s").allow("n1")).up("n1");
        Request request = cluster.request(new Wish.Quiesce(N1));
        ask(new Request(
                request.id(),
                request.wish(),
                "ann",
                "",
                Optional.empty(),
                request.notAfter(),
                Optional.of(cluster.now().wall().plus(Duration.ofHours(1)))));
        cluster.settle();
        assertThat(cluster.nodes("s")).isEmpty();
        assertThat(cluster.plan().reconsiderIn()).contains(Duration.ofHours(1));

        cluster.pass(Duration.ofHours(1)).settle();
        assertThat(cluster.nodes("s")).containsExactly("n1");
    }

    @Test
    @Tag("C11")
    void clear_forgetsFailuresOfTheNamedNodeOnly() {
        cluster.apply(service("s").ranked("n1", "n2")).up("n1", "n2").planAll();
        cluster.reports("n1", "s", Verb.START, Outcome.FAILED).planAll();
        cluster.reports("n2", "s", Verb.START, Outcome.FAILED).planAll();

        cluster.ask(new Wish.Clear(S, Optional.of(new NodeId("n2")), false));

        assertThat(cluster.planAll().state("s")).isEqualTo("starting on n2");
        assertThat(cluster.assignment("s").failures())
                .extracting(f -> f.node().value())
                .containsExactly("n1");
    }

    private Answer ask(Request request) {
        cluster.facts().ask(request);
        cluster.plan();
        return cluster.answer(request.id()).orElseThrow();
    }

    /** A refused request changes nothing but that it is answered. */
    private void assertRefused(java.util.function.Supplier<Answer> asked, String why) {
        Function<ClusterView, Object> all = v -> v.assignments();
        Object before = all.apply(cluster.view());
        Answer answer = asked.get();
        assertThat(answer.verdict()).isEqualTo(Answer.Verdict.REFUSED);
        assertThat(answer.message()).isEqualTo(why);
        assertThat(all.apply(cluster.view())).isEqualTo(before);
    }
}
