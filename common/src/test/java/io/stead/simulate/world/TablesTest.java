package io.stead.simulate.world;

import static io.stead.testing.SpecBuilder.service;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables 2 and 3 of the document (docs: worked cases), row by row in virtual time; columns: service, flags, N0, N1, N2. */
@Tag("B23")
final class TablesTest {
    @Test
    void table2_autoStart_maturity_andGracefulLeaves() {
        new Replay(service("s").allow("n0", "n1").matureAt(2, Duration.ofMinutes(5)))
                .boots("n2")
                .row("- |  | down | down | up")
                .boots("n0")
                .row("- | M | up | down | up")
                .row("starting |  | starting | down | up")
                .row("registered |  | registered | down | up")
                .boots("n1")
                .row("registered |  | registered | up | up")
                .leaves("n2")
                .row("registered |  | registered | up | down")
                .leaves("n0")
                .row("stopping | T | stopping | up | down")
                .row("- | T | - | up | down")
                .row("starting | T | - | starting | down")
                .row("registered |  | - | registered | down")
                .row("registered |  | down | registered | down")
                .leaves("n1")
                .row("stopping | T | down | stopping | down")
                .row("- |  | down | - | down");
    }

    @Test
    @Tag("B19")
    @Tag("B21")
    void table3_preferredNode_notifications_andTakeover() {
        new Replay(service("s").ranked("n0").matureAt(2).freeTransfer().notifies())
                .boots("n0")
                .row("starting |  | starting | down | down")
                .row("registered |  | registered | down | down")
                .boots("n1")
                .row("registered |  | registered | up | down", "n1")
                .leaves("n0")
                .row("stopping | T | stopping | up | down")
                .row("- | T | - | up | down")
                .row("starting | T | - | starting | down")
                .row("registered |  | - | registered | down")
                .row("registered |  | down | registered | down")
                .boots("n2")
                .row("registered |  | down | registered | up", "n2")
                .boots("n0")
                .row("registered |  | up | registered | up", "n0")
                .row("stopping | T | up | stopping | up")
                .row("- | T | up | up | up")
                .row("starting | T | starting | up | up")
                .row("registered |  | registered | up | up", "n1", "n2");
    }
}
