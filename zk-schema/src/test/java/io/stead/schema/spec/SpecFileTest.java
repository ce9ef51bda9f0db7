package io.stead.schema.spec;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SpecFileTest {
    private static final String LICENSE = """
        # The licence server of B26.
        kind: service
        name: license-server
        placement: {allow: ["*"], deny: [n9], prefer: [n1, n2], order: unranked, policy: one, register: manual,
                    maturity: {count: 2, time: 5m}, transfer: free}
        parent: null
        stop-grace: 5s
        actions:
          start:    {run: license-start, params: {PORT: "27000"}, args: [-v, "a b"], timeout: 30s}
          stop:     {systemd: license.service}
          notify:   {ocf: "heartbeat:pgsql", params: {pgdata: /var/lib/pgsql}}
          recovery: {run: license-recover, timeout: 500ms}
        """;

    @Test
    @Tag("B13")
    @Tag("B14")
    @Tag("C10")
    void everyKey_isReadIntoItsPartOfTheSpec() {
        Placement placement = new Placement(
                List.of(new NodePattern("*")),
                List.of(new NodePattern("n9")),
                List.of(new NodeId("n1"), new NodeId("n2")),
                PreferenceOrder.UNRANKED,
                Policy.ONE,
                Register.MANUAL,
                new Maturity(Optional.of(2), Optional.of(Duration.ofMinutes(5))),
                TransferCost.FREE);
        Duration minute = Duration.ofSeconds(60);
        Actions actions = new Actions(Map.of(
                Verb.START,
                action(
                        new Target.Run("license-start"),
                        Map.of("PORT", "27000"),
                        List.of("-v", "a b"),
                        Duration.ofSeconds(30)),
                Verb.STOP,
                action(new Target.Systemd("license.service"), Map.of(), List.of(), minute),
                Verb.NOTIFY,
                action(new Target.Ocf("heartbeat:pgsql"), Map.of("pgdata", "/var/lib/pgsql"), List.of(), minute),
                Verb.RECOVERY,
                action(new Target.Run("license-recover"), Map.of(), List.of(), Duration.ofMillis(500))));

        assertThat(values(LICENSE))
                .containsExactly(new ServiceSpec(
                        new ServiceName("license-server"),
                        placement,
                        Optional.empty(),
                        actions,
                        Duration.ofSeconds(5),
                        false));
    }

    @Test
    void whatIsLeftOut_isAsByDefault() {
        assertThat(values("kind: service\nname: web\n")).containsExactly(plain("web", Optional.empty()));
    }

    @Test
    @Tag("B16")
    void child_namesItsParentAndMayBeCritical() {
        ServiceSpec child =
                values("kind: service\nname: web\nparent: db\ncritical: true\n").getFirst();

        assertThat(child.parent()).contains(new ServiceName("db"));
        assertThat(child.critical()).isTrue();
    }

    @Test
    void severalDocuments_areReadInTheirOrder_emptyOnesLeftOut() {
        List<ServiceSpec> specs =
                values("---\nkind: service\nname: b\n---\n# nothing\n---\nkind: service\nname: a\n---\n");

        assertThat(specs).extracting(s -> s.name().value()).containsExactly("b", "a");
    }

    @Test
    void json_isYamlToo() {
        assertThat(values("{\"kind\": \"service\", \"name\": \"web\", \"placement\": {\"prefer\": [\"n1\"]}}")
                        .getFirst()
                        .placement()
                        .prefer())
                .containsExactly(new NodeId("n1"));
    }

    @Test
    void alias_standsForWhatItNames() {
        Actions actions = values("""
            kind: service
            name: web
            actions:
              start: &run {run: web}
              stop: *run
            """).getFirst().actions();

        assertThat(actions.of(Verb.STOP)).isEqualTo(actions.of(Verb.START)).isPresent();
    }

    @Test
    void located_knowsWhereItsDocumentBegins() {
        Located<ServiceSpec> second = specs("kind: service\nname: a\n---\nkind: service\nname: b\n")
                .specs()
                .get(1);

        assertThat(second.problem("", "x")).hasToString("f.yaml:4:1: x");
        assertThat(second.problem("placement.prefer[3]", "x")).hasToString("f.yaml:4:1: placement.prefer[3]: x");
    }

    @Test
    void oddButLawful_isWarnedOf() {
        Read.Specs read = specs("kind: service\nname: web\nactions:\n  stop: {run: x}\n  recovery: {run: y}\n");

        assertThat(read.warnings())
                .map(Object::toString)
                .containsExactly(
                        "f.yaml:4:9: actions.stop: there is no start: stop serves only what something else has started",
                        "f.yaml:5:13: actions.recovery: there is no start: recovery serves only what something else"
                                + " has started");
    }

    @Test
    void fileWithoutSpecs_isWarnedOf() {
        assertThat(specs("# later\n").warnings())
                .map(Object::toString)
                .containsExactly("f.yaml:1:1: there is no spec in it");
    }

    @Test
    void manyProblems_areCutAfterTwenty() {
        Read read =
                SpecFile.read("f.yaml", "kind: service\nname: web\nplacement: {allow: [" + "A,".repeat(100) + "]}\n");

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Problems.class, r -> assertThat(r.problems()).hasSize(20));
    }

    @Test
    void problemsOfAllDocuments_areCollected() {
        Read read = SpecFile.read(
                "f.yaml", "kind: service\nname: A\n---\nkind: service\nname: b\n---\nkind: service\nnme: c\n");

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        r -> assertThat(r.problems())
                                .extracting(p -> p.line() + " " + p.path())
                                .containsExactly("2 name", "7 ", "8 "));
    }

    @Test
    void specsAgainstTheStore_areCheckedWithTheirLines() {
        Read.Specs read = specs("""
            kind: service
            name: a
            parent: b
            ---
            kind: service
            name: c
            placement: {prefer: [n1, n7]}
            ---
            kind: service
            name: d
            parent: nobody
            """);
        Map<ServiceName, ServiceSpec> stored =
                Map.of(new ServiceName("b"), plain("b", Optional.of(new ServiceName("a"))));

        Checked checked = SpecFile.check(read.specs(), stored, Set.of(new NodeId("n1")));

        assertThat(checked.problems())
                .map(Object::toString)
                .containsExactly(
                        "f.yaml:3:9: parent: parents go round: a -> b -> a",
                        "f.yaml:11:9: parent: there is no service nobody");
        assertThat(checked.warnings())
                .map(Object::toString)
                .containsExactly("f.yaml:7:26: placement.prefer[1]: no known node matches \"n7\"");
    }

    @Test
    void write_leavesOutWhatIsAsByDefault() {
        List<ServiceSpec> specs = values(LICENSE + "---\nkind: service\nname: web\nparent: license-server\n");

        assertThat(SpecFile.write(specs)).isEqualTo("""
            kind: service
            name: license-server
            placement:
              deny: [n9]
              prefer: [n1, n2]
              order: unranked
              register: manual
              maturity: {count: 2, time: 5m}
              transfer: free
            stop-grace: 5s
            actions:
              start:
                run: license-start
                params: {PORT: '27000'}
                args: [-v, a b]
                timeout: 30s
              stop: {systemd: license.service}
              notify:
                ocf: heartbeat:pgsql
                params: {pgdata: /var/lib/pgsql}
              recovery: {run: license-recover, timeout: 500ms}
            ---
            kind: service
            name: web
            parent: license-server
            """);
    }

    private static Action action(Target target, Map<String, String> params, List<String> args, Duration timeout) {
        return new Action(target, params, args, timeout);
    }

    private static ServiceSpec plain(String name, Optional<ServiceName> parent) {
        return new ServiceSpec(new ServiceName(name), Placement.ANYWHERE, parent, Actions.NONE, Duration.ZERO, false);
    }

    private static List<ServiceSpec> values(String text) {
        return specs(text).values();
    }

    private static Read.Specs specs(String text) {
        return switch (SpecFile.read("f.yaml", text)) {
            case Read.Specs specs -> specs;
            case Read.Problems problems -> throw new AssertionError(problems.problems());
        };
    }
}
