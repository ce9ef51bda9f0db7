package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.Status;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Tables 2 and 3 of the document, row by row on real processes, as {@code stead status} shows them. A row is {@code SERVICE | N0 |
 * N1 | N2}; of the service "–" is deregistered, "M" awaiting maturity, and "T" the transfer intent; a node is down, up without
 * the service, or in the service's state, and "–" while it leaves with nothing.
 *
 * <p>Each row is held until it was seen: by commands that wait for their cue, and by a lodger, another service that must leave a
 * node before that has left. A row that lasts as long as a commit ("– T") is found in the history, which gives each commit a number
 * of its own.
 */
final class TablesIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.down("4s", "n0", "n1", "n2");

    private static final String TABLE2 = "allow: [n0, n1], maturity: {count: 2, time: %s}, register: auto";

    @Test
    @Tag("A21")
    @Tag("B11")
    @Tag("B14")
    @Tag("B21")
    @Tag("B22")
    @Tag("B23")
    void table2() {
        Play bare = CLUSTER.stage().web("x");
        Play x = bare.placed(TABLE2.formatted("5m"));
        Play lodger = CLUSTER.stage().idle("lodger").placed("allow: [n0, n1]");
        CLUSTER.stage().hold(x, "start");
        CLUSTER.applyOnly(x, lodger);
        shows(x, "– | down | down | down"); // 0

        CLUSTER.start("n2");
        shows(x, "– | down | down | up"); // 1
        CLUSTER.start("n0");
        shows(x, "– M | up | down | up"); // 2
        CLUSTER.applyOnly(
                bare.placed(TABLE2.formatted("1s"))); // nobody waits for five minutes, and nothing races with them
        shows(x, "starting | starting | down | up"); // 3
        CLUSTER.stage().release(x, "start");
        shows(x, "registered | registered | down | up"); // 4
        CLUSTER.witness().awaitOn(x, "n0");

        CLUSTER.start("n1");
        shows(x, "registered | registered | up | up"); // 5
        CLUSTER.agent("n2").terminate();
        shows(x, "registered | registered | up | down"); // 6

        CLUSTER.stage().hold(x, "stop");
        CLUSTER.stage().hold(x, "start");
        CLUSTER.stage().hold(lodger, "stop");
        CLUSTER.agent("n0").beginTermination();
        shows(x, "stopping T | stopping | up | down"); // 7
        CLUSTER.stage().release(x, "stop");
        shows(x, "starting T | – | starting | down"); // 9
        passed(x, "n0", "n1"); // 8
        CLUSTER.stage().release(x, "start");
        CLUSTER.witness().awaitOn(x, "n1");
        shows(x, "registered | – | registered | down"); // 10
        CLUSTER.stage().release(lodger, "stop");
        assertThat(CLUSTER.agent("n0").awaitEnd()).isZero();
        shows(x, "registered | down | registered | down"); // 11

        CLUSTER.stage().hold(x, "stop");
        CLUSTER.stage().hold(lodger, "stop");
        CLUSTER.agent("n1").beginTermination();
        shows(x, "stopping T | down | stopping | down"); // 12
        CLUSTER.stage().release(x, "stop");
        shows(x, "– | down | – | down"); // 13
        CLUSTER.witness().awaitNowhere(x);
        CLUSTER.stage().release(lodger, "stop");
        assertThat(CLUSTER.agent("n1").awaitEnd()).isZero();
        shows(x, "– | down | down | down");
    }

    @Test
    @Tag("B19")
    @Tag("B21")
    @Tag("B22")
    @Tag("B23")
    void table3() {
        Play x = CLUSTER.stage()
                .web("x")
                .with("notify")
                .placed("prefer: [n0], order: ranked, maturity: {count: 2}, transfer: free");
        CLUSTER.stage().hold(x, "start");
        CLUSTER.applyOnly(x);
        shows(x, "– | down | down | down"); // 0

        CLUSTER.start("n0");
        shows(x, "starting | starting | down | down"); // 1: the primary, so mature at once
        CLUSTER.stage().release(x, "start");
        shows(x, "registered | registered | down | down"); // 2
        CLUSTER.start("n1");
        shows(x, "registered | registered | up | down"); // 3
        CLUSTER.stage().awaitBegun(x, "notify", 1);
        assertThat(CLUSTER.stage().begun(x, "notify")).containsExactly("n1");

        CLUSTER.stage().hold(x, "stop");
        CLUSTER.stage().hold(x, "start");
        CLUSTER.agent("n0").beginTermination();
        shows(x, "stopping T | stopping | up | down"); // 4
        CLUSTER.stage().release(x, "stop");
        shows(x, "starting T | – | starting | down"); // 6
        passed(x, "n0", "n1"); // 5
        CLUSTER.stage().release(x, "start");
        assertThat(CLUSTER.agent("n0").awaitEnd()).isZero();
        shows(x, "registered | down | registered | down"); // 7
        CLUSTER.witness().awaitOn(x, "n1");
        CLUSTER.start("n2");
        shows(x, "registered | down | registered | up"); // 8
        CLUSTER.stage().awaitBegun(x, "notify", 2);
        assertThat(CLUSTER.stage().begun(x, "notify")).containsExactly("n1", "n2");

        CLUSTER.stage().hold(x, "stop");
        CLUSTER.stage().hold(x, "start");
        CLUSTER.stage().hold(x, "notify", "n0");
        CLUSTER.start("n0");
        CLUSTER.stage().awaitBegun(x, "notify", 3);
        shows(x, "registered | up | registered | up"); // 9
        assertThat(CLUSTER.stage().begun(x, "notify")).containsExactly("n1", "n2", "n0");
        CLUSTER.stage().release(x, "notify", "n0");
        shows(x, "stopping T | up | stopping | up"); // 10
        CLUSTER.stage().release(x, "stop");
        shows(x, "starting T | starting | up | up"); // 12
        passed(x, "n1", "n0"); // 11
        CLUSTER.stage().release(x, "start");
        shows(x, "registered | registered | up | up"); // 13
        CLUSTER.stage().awaitBegun(x, "notify", 5);
        assertThat(CLUSTER.stage().begun(x, "notify").subList(3, 5)).containsExactlyInAnyOrder("n1", "n2");
        CLUSTER.witness().awaitOn(x, "n0");
    }

    /**
     * That "– T" was stored on the way from one node to the other: the intent came with the stop, the end of the stop has a commit
     * of its own, what was given away next has another, and the intent lasts.
     */
    private static void passed(Play play, String from, String to) {
        List<String> history = history(play);
        int stopped = history.lastIndexOf("deregistered on " + from);
        assertThat(history.subList(stopped, history.size()))
                .as("what followed the stop, by commits, of %s", history)
                .containsExactly("deregistered on " + from, "assigned to " + to);
        assertThat(history.get(stopped - 1))
                .startsWith("to be transferred from " + from)
                .endsWith(" + stopping on " + from);
        assertThat(CLUSTER.status().service(play.name()).transferring()).isTrue();
    }

    private static void shows(Play play, String row) {
        CLUSTER.awaitShown(row, status -> assertThat(row(status, play)).isEqualTo(row));
    }

    private static String row(Status status, Play play) {
        Status.Service service = status.service(play.name());
        String state = switch (service.state()) {
            case "deregistered" -> "–";
            case "awaiting-maturity" -> "– M";
            default -> service.state();
        };
        return Stream.concat(
                        Stream.of(state + (service.transferring() ? " T" : "")),
                        Stream.of("n0", "n1", "n2").map(n -> cell(status, service, n)))
                .collect(Collectors.joining(" | "));
    }

    private static String cell(Status status, Status.Service service, String node) {
        Status.Node shown = status.node(node).filter(Status.Node::up).orElse(null);
        if (shown == null) {
            return "down";
        }
        String empty = shown.state().equals("joined") ? "up" : "–";
        return service.perNode().getOrDefault(node, empty);
    }

    /** What the history tells of a service, without generations; two lines of one commit are joined by a "+". */
    private static List<String> history(Play play) {
        JsonNode lines = CLUSTER.operator().stead("history", "-o", "json").json();
        return StreamSupport.stream(lines.spliterator(), false)
                .filter(l -> l.get("resource").asString().equals("service " + play.name()))
                .collect(Collectors.groupingBy(
                        l -> l.get("number").asLong(),
                        java.util.TreeMap::new,
                        Collectors.mapping(
                                l -> l.get("what").asString().replaceAll(" \\(generation.*\\)", ""),
                                Collectors.joining(" + "))))
                .values()
                .stream()
                .toList();
    }
}
