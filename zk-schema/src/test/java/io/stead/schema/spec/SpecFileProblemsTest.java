package io.stead.schema.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.schema.yaml.Problem;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row: a file, and every line that it earns, word for word. */
class SpecFileProblemsTest {
    @ParameterizedTest
    @MethodSource({"shapes", "services", "placements", "actions"})
    void badFile_saysWhereAndHowToMendIt(String text, String expected) {
        Read read = SpecFile.read("f.yaml", text);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Read.Problems.class,
                        r -> assertThat(lines(r.problems())).isEqualTo(expected));
    }

    static String lines(List<Problem> problems) {
        return String.join("\n", problems.stream().map(Problem::toString).toList());
    }

    private static Arguments row(String text, String... lines) {
        return Arguments.of(text, String.join("\n", lines));
    }

    private static Arguments service(String rest, String... lines) {
        return row("kind: service\nname: web\n" + rest, lines);
    }

    static List<Arguments> shapes() {
        return List.of(
                row(
                        "a: [1\nb: 2\n",
                        "f.yaml:2:2: not YAML: while parsing a flow sequence, expected ',' or ']', but got :"),
                row(
                        "a:\n\t- b\n",
                        "f.yaml:2:1: not YAML: while scanning for the next token, found character '\\t(TAB)' that"
                                + " cannot start any token. (Do not use \\t(TAB) for indentation)"),
                row("a: b\u0001\n", "f.yaml:1:5: not YAML: the character U+0001 is not allowed"),
                row(
                        "kind: service\nname: web\n---\nkind: service\nname: [\n",
                        "f.yaml:6:1: not YAML: while parsing a flow node, expected the node content, but found"
                                + " '<stream end>'"),
                row("web\n", "f.yaml:1:1: expected a map with kind: service, found the text \"web\""),
                row(
                        "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon\n",
                        "f.yaml:1:1: expected a map with kind: service, found the text"
                                + " \"root:x:0:0:root:/root:/bin/bash daemon:…\""),
                row("- kind: service\n", "f.yaml:1:1: expected a map with kind: service, found a list"),
                row("name: web\n", "f.yaml:1:1: there is no kind: write kind: service"),
                row(
                        "kind: srvice\nname: web\nfoo: bar\n",
                        "f.yaml:1:7: kind: unknown \"srvice\": did you mean \"service\"?"),
                row("kind: group\nname: web\n", "f.yaml:1:7: kind: group is not supported by this version"),
                row("kind: 7\n", "f.yaml:1:7: kind: expected service, found the number 7"),
                row("kind: service\n", "f.yaml:1:1: there is no name: write name: license-server"),
                row("kind: service\nname: web\nkind: service\n", "f.yaml:3:1: kind: given twice, first on line 1"),
                row(
                        "kind: service\nname: web\n---\n# another\nkind: service\nname: web\n",
                        "f.yaml:6:7: name: service web is given twice, first on line 1"),
                row(
                        "kind: service\nname: web\n? [a]\n: b\n7: c\n",
                        "f.yaml:3:3: a key must be a text: write it in quotes",
                        "f.yaml:5:1: a key must be a text: write it in quotes"),
                row(
                        "{\"kind\": \"service\", \"name\": \"web\", \"critical\": \"yes\"}",
                        "f.yaml:1:48: critical: expected true or false, found the text \"yes\""),
                row(
                        "kind: service\nname: web\nactions: &a {start: *a}\n",
                        "f.yaml:3:10: actions.start: give run, systemd or ocf",
                        "f.yaml:3:14: actions.start: unknown key \"start\": use run, systemd, ocf, params, args"
                                + " or timeout"),
                row(
                        "kind: service\nname: web\nactions: *nowhere\n",
                        "f.yaml:3:10: not YAML: found undefined alias nowhere"),
                row(
                        "kind: service\nname: web\nactions: &a {start: {run: x}}\nplacement: {<<: *a}\n",
                        "f.yaml:4:13: placement: unknown key \"<<\": use allow, deny, prefer, order, policy,"
                                + " register, maturity or transfer"),
                row(
                        "kind: service\nname: web\nplacement: " + "[".repeat(100_000),
                        "f.yaml:3:43: not YAML: nested more than 32 deep"),
                row(
                        "kind: service\nname: web\n#" + "x".repeat(1 << 20),
                        "f.yaml:1:1: too long: use at most 1 MiB a file"));
    }

    static List<Arguments> services() {
        return List.of(
                row(
                        "kind: service\nname: Web\n",
                        "f.yaml:2:7: name: service name \"Web\": use 1 to 63 of a-z 0-9 . _ -, beginning with a letter"
                                + " or digit"),
                row(
                        "kind: service\nname: 12\n",
                        "f.yaml:2:7: name: expected the name of a service, found the number 12: write \"12\""),
                row(
                        "kind: service\nname: true\n",
                        "f.yaml:2:7: name: expected the name of a service, found true: write \"true\""),
                row("kind: service\nname:\n", "f.yaml:2:6: name: expected the name of a service, found nothing"),
                row(
                        "kind: service\nname: !mine web\n",
                        "f.yaml:2:7: name: expected the name of a service, found a value with a tag of its own"),
                row(
                        "kind: service\nname: \"web\\u001b[2J\"\n",
                        "f.yaml:2:7: name: service name \"web\\u001b[2J\": use 1 to 63 of a-z 0-9 . _ -, beginning"
                                + " with a letter or digit"),
                service("acitons: {}\n", "f.yaml:3:1: unknown key \"acitons\": did you mean \"actions\"?"),
                service("stopGrace: 1s\n", "f.yaml:3:1: unknown key \"stopGrace\": did you mean \"stop-grace\"?"),
                service(
                        "colour: red\n",
                        "f.yaml:3:1: unknown key \"colour\": use kind, name, placement, parent, stop-grace,"
                                + " critical, actions or failures"),
                service(
                        "addresses: [10.0.0.9]\nevents: [x]\n",
                        "f.yaml:3:1: addresses: not supported by this version",
                        "f.yaml:4:1: events: not supported by this version"),
                service("parent: web\n", "f.yaml:3:1: parent: a service can't be its own parent"),
                service("parent: [db]\n", "f.yaml:3:9: parent: expected the name of a service, found a list"),
                service(
                        "parent: db\nplacement: {prefer: [n1]}\n",
                        "f.yaml:4:1: placement: a child is placed where its parent is: leave out placement, or parent"),
                service(
                        "stop-grace: 0\n",
                        "f.yaml:3:13: stop-grace: duration \"0\": write a whole number with ms, s, m, h or d, such as"
                                + " 30s"),
                service(
                        "stop-grace: 1.5s\n",
                        "f.yaml:3:13: stop-grace: duration \"1.5s\": write a whole number with ms, s, m, h or d, such"
                                + " as 30s"),
                service("stop-grace: 400d\n", "f.yaml:3:13: stop-grace: duration \"400d\": use 0s to 365d"),
                service("critical: 1\n", "f.yaml:3:11: critical: expected true or false, found the number 1"));
    }

    static List<Arguments> placements() {
        return List.of(
                service(
                        "placement: n1\n",
                        "f.yaml:3:12: placement: expected a map such as {prefer: [n1]}, found the text \"n1\""),
                service("placement:\n", "f.yaml:3:11: placement: expected a map such as {prefer: [n1]}, found nothing"),
                service(
                        "placement:\n  prefer: n1\n",
                        "f.yaml:4:11: placement.prefer: expected a list of nodes, found the text \"n1\": write [n1]"),
                service(
                        "placement: {allow: \"*\"}\n",
                        "f.yaml:3:20: placement.allow: expected a list of nodes, found the text \"*\": write [\"*\"]"),
                service("placement: {allow: []}\n", "f.yaml:3:12: placement: no node is left: allow is empty"),
                service(
                        "placement: {allow: [n1], deny: [\"*\"]}\n",
                        "f.yaml:3:12: placement: no node is left: deny takes away all that allow gives"),
                service(
                        "placement: {allow: [n1, N2, 3, [n4]]}\n",
                        "f.yaml:3:25: placement.allow[1]: node pattern \"N2\": use a node's name, with * for any"
                                + " characters",
                        "f.yaml:3:29: placement.allow[2]: expected the name of a node, found the number 3: write \"3\"",
                        "f.yaml:3:32: placement.allow[3]: expected the name of a node, found a list"),
                service(
                        "placement: {prefer: [\"n*\"]}\n",
                        "f.yaml:3:22: placement.prefer[0]: node name \"n*\": use 1 to 63 of a-z 0-9 . _ -, beginning"
                                + " with a letter or digit"),
                service(
                        "placement: {prefer: [n1, n2, n1]}\n",
                        "f.yaml:3:30: placement.prefer[2]: node n1 is preferred twice"),
                service(
                        "placement: {allow: [n1], prefer: [n2]}\n",
                        "f.yaml:3:35: placement.prefer[0]: node n2 is not allowed: put it in allow, or take it out of"
                                + " prefer"),
                service(
                        "placement: {deny: [n2], prefer: [n1, n2]}\n",
                        "f.yaml:3:38: placement.prefer[1]: node n2 is not allowed: put it in allow, or take it out of"
                                + " deny"),
                service(
                        "placement: {order: rankd, policy: both, register: yes, transfer: true}\n",
                        "f.yaml:3:20: placement.order: \"rankd\": did you mean \"ranked\"?",
                        "f.yaml:3:35: placement.policy: \"both\": use one or all",
                        "f.yaml:3:51: placement.register: \"yes\": use auto or manual",
                        "f.yaml:3:66: placement.transfer: expected free or costly, found true"),
                service("placement: {maturity: {}}\n", "f.yaml:3:23: placement.maturity: give count, time or both"),
                service(
                        "placement: {maturity: {count: 0}}\n",
                        "f.yaml:3:31: placement.maturity.count: 0 nodes: use 1 or more"),
                service(
                        "placement: {maturity: {count: two, time: 5}}\n",
                        "f.yaml:3:31: placement.maturity.count: expected a number of nodes, found the text \"two\"",
                        "f.yaml:3:42: placement.maturity.time: duration \"5\": write a whole number with ms, s, m, h"
                                + " or d, such as 30s"),
                service(
                        "placement: {maturity: {count: 0x10}}\n",
                        "f.yaml:3:31: placement.maturity.count: number \"0x10\": use up to nine decimal digits"),
                service(
                        "placement: {maturity: 5m}\n",
                        "f.yaml:3:23: placement.maturity: expected a map such as {count: 2, time: 5m}, found the text"
                                + " \"5m\""),
                service(
                        "placement: {allow: [" + "n1,".repeat(1001) + "]}\n",
                        "f.yaml:3:20: placement.allow: 1001 entries: use at most 1000"));
    }

    static List<Arguments> actions() {
        return List.of(
                service(
                        "actions: [start]\n",
                        "f.yaml:3:10: actions: expected a map such as {start: {run: NAME}}, found a list"),
                service(
                        "actions: {begin: {run: x}}\n",
                        "f.yaml:3:11: actions: unknown key \"begin\": use start, stop, notify, recovery or"
                                + " monitor"),
                service(
                        "actions: {start: license-start}\n",
                        "f.yaml:3:18: actions.start: expected an action such as {run: NAME}, found the text"
                                + " \"license-start\""),
                service("actions: {start: {}}\n", "f.yaml:3:18: actions.start: give run, systemd or ocf"),
                service(
                        "actions: {start: {run: a, systemd: b}}\n",
                        "f.yaml:3:18: actions.start: give only one of run, systemd and ocf"),
                service(
                        "actions: {start: {run: ../bin/sh}}\n",
                        "f.yaml:3:24: actions.start.run: action file \"../bin/sh\": use the bare name of a file in the"
                                + " host's actions directory"),
                service(
                        "actions: {start: {systemd: 'a b'}}\n",
                        "f.yaml:3:28: actions.start.systemd: unit \"a b\": use a service's name as systemd has it,"
                                + " such as nginx.service"),
                service(
                        "actions: {start: {systemd: -H.service}}\n",
                        "f.yaml:3:28: actions.start.systemd: unit \"-H.service\": use a service's name as systemd has"
                                + " it, such as nginx.service"),
                service(
                        "actions: {start: {systemd: ../x.service}, stop: {systemd: x@.service}, monitor: {systemd:"
                                + " nginx}}\n",
                        "f.yaml:3:28: actions.start.systemd: unit \"../x.service\": use a service's name as systemd has"
                                + " it, such as nginx.service",
                        "f.yaml:3:59: actions.stop.systemd: unit \"x@.service\": use a service's name as systemd has"
                                + " it, such as nginx.service",
                        "f.yaml:3:91: actions.monitor.systemd: unit \"nginx\": use a service's name as systemd has it,"
                                + " such as nginx.service"),
                service(
                        "actions: {start: {ocf: pgsql}}\n",
                        "f.yaml:3:24: actions.start.ocf: OCF agent \"pgsql\": use provider:type, such as"
                                + " heartbeat:pgsql"),
                service(
                        "actions: {start: {ocf: 'heartbeat:../../x'}}\n",
                        "f.yaml:3:24: actions.start.ocf: OCF agent \"heartbeat:../../x\": use provider:type, such as"
                                + " heartbeat:pgsql"),
                service(
                        "actions:\n  start:\n    run: a\n    timeout: 30\n",
                        "f.yaml:6:14: actions.start.timeout: duration \"30\": write a whole number with ms, s, m, h or"
                                + " d, such as 30s"),
                service(
                        "actions: {start: {run: a, timeout: 0s}}\n",
                        "f.yaml:3:36: actions.start.timeout: duration \"0s\": use 1ms to 365d"),
                service(
                        "actions: {start: {run: a, params: {PORT: 27000, path: x}}}\n",
                        "f.yaml:3:42: actions.start.params.PORT: expected a text, found the number 27000: write"
                                + " \"27000\"",
                        "f.yaml:3:55: actions.start.params.path: parameter \"path\": use A-Z 0-9 _, beginning with a"
                                + " letter"),
                service(
                        "actions: {start: {run: a, params: {A: \"\\0\"}}}\n",
                        "f.yaml:3:39: actions.start.params.A: \"\\u0000\": a program can't be given this text"),
                service(
                        "actions: {start: {run: a, params: [A]}}\n",
                        "f.yaml:3:35: actions.start.params: expected a map such as {PORT: \"27000\"}, found a list"),
                service(
                        "actions: {start: {run: a, args: x}}\n",
                        "f.yaml:3:33: actions.start.args: expected a list of texts, found the text \"x\": write [x]"),
                service(
                        "actions: {start: {run: a, args: [1, ok]}}\n",
                        "f.yaml:3:34: actions.start.args[0]: expected a text, found the number 1: write \"1\""),
                service(
                        "actions: {start: {systemd: nginx.service, params: {A: b}, args: [c]}}\n",
                        "f.yaml:3:43: actions.start.params: a systemd unit takes none: set them in the unit",
                        "f.yaml:3:59: actions.start.args: a systemd unit takes none: set them in the unit"),
                service(
                        "failures: 3\n",
                        "f.yaml:3:11: failures: expected a map such as {restarts: 2, limit: 5}, found the number 3"),
                service(
                        "failures: {restarts: -1, window: 0s, limit: 0}\n",
                        "f.yaml:3:22: failures.restarts: restarts: use 0 to 1000",
                        "f.yaml:3:34: failures.window: duration \"0s\": use 2m to 365d",
                        "f.yaml:3:45: failures.limit: limit: use more than restarts, and at most 1000"),
                service(
                        "failures: {restarts: 3, limit: 3}\n",
                        "f.yaml:3:32: failures.limit: limit: use more than restarts, and at most 1000"),
                service(
                        "actions: {monitor: {run: a}}\n",
                        "f.yaml:3:11: actions.monitor: there is no start: what is not started here is not monitored"),
                service(
                        "actions: {start: {run: a}, monitor: {systemd: a.service, every: 0s}}\n",
                        "f.yaml:3:65: actions.monitor.every: duration \"0s\": use 1ms to 365d"),
                service(
                        "actions: {start: {systemd: a.service}, stop: {run: a}, notify: {systemd: a.service},"
                                + " recovery: {systemd: a.service}}\n",
                        "f.yaml:3:40: actions.stop: systemd stops the unit that it starts: leave it out, or name the"
                                + " same unit",
                        "f.yaml:3:56: actions.notify: a systemd unit has no such action: use run or ocf",
                        "f.yaml:3:86: actions.recovery: a systemd unit has no such action: use run"),
                service(
                        "actions: {recovery: {ocf: 'a:b'}}\n",
                        "f.yaml:3:11: actions.recovery: an OCF agent has no such action: use run"),
                service(
                        "actions: {start: {ocf: 'heartbeat:pgsql', params: {pgdata: /x, 'a b': c}, args: [c]}}\n",
                        "f.yaml:3:71: actions.start.params.a b: parameter \"a b\": use A-Z a-z 0-9 _, beginning with a"
                                + " letter",
                        "f.yaml:3:75: actions.start.args: an OCF agent takes none: use params"));
    }
}
