package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever fails on a host, the operator reads why at his own terminal. */
@Tag("C6")
final class ReasonsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RANKED = "prefer: [n1, n2], order: ranked";

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("2s", "n1", "n2");

    private static String told(String... verb) {
        return CLUSTER.operator().stead(verb).done().stdout();
    }

    /** Tables break long lines; JSON does not. */
    private static void awaitTold(Play play, String... words) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(told("explain", play.name(), "-o", "json")).contains(words);
            assertThat(told("history", "-o", "json")).contains(words);
        });
    }

    @Test
    @Tag("C10")
    void ofAMonitor() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED);
        Play watched = shop.alsoActing("monitor: {" + shop.played() + ", every: 200ms}");
        CLUSTER.apply(watched);
        CLUSTER.stage().awaitBegun(watched, "monitor", 1);

        CLUSTER.stage().fail(watched, "monitor", "n1");

        awaitTold(
                watched,
                "its monitor says that it does not work: exit status 9: told to fail by " + watched.name()
                        + ".monitor");
    }

    @Test
    @Tag("B16")
    void ofACriticalChild_andOfTheParentThatMovesBecauseOfIt() {
        Play desk = CLUSTER.stage().idle("desk").placed(RANKED);
        Play lamp = CLUSTER.stage().idle("lamp").below(desk).key("critical: true");
        CLUSTER.stage().fail(lamp, "start", "n1");

        CLUSTER.apply(desk, lamp);

        CLUSTER.awaitRegistered(lamp, "n2");
        String cause = lamp.name() + ": exit status 9: told to fail by " + lamp.name() + ".start";
        assertThat(told("explain", desk.name(), "-o", "json")).contains("a critical child failed: " + cause);
        assertThat(told("history", "-o", "json"))
                .contains("its start on n1 failed: exit status 9: told to fail by " + lamp.name() + ".start")
                .contains("a critical child failed: " + cause);
    }

    @Test
    @Tag("B19")
    void ofANotifyCommand() {
        Play shop = CLUSTER.stage().idle("shop").with("notify").placed(RANKED);
        CLUSTER.stage().fail(shop, "notify");

        CLUSTER.apply(shop);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told("explain", shop.name(), "-o", "json"))
                        .contains("its notify command failed on n2: exit status 9: told to fail by " + shop.name()));
    }

    @Test
    @Tag("B20")
    void ofARecovery() {
        Play shop = CLUSTER.stage().idle("shop").with("recovery").placed(RANKED);
        CLUSTER.stage().fail(shop, "recovery");
        CLUSTER.apply(shop);

        CLUSTER.agent("n1").kill();

        awaitTold(shop, "its recovery failed on n2: exit status 9: told to fail by " + shop.name() + ".recovery");
        CLUSTER.stage().mend(shop, "recovery");
        CLUSTER.operator().stead("clear", shop.name()).done();
        CLUSTER.start("n1");
        CLUSTER.awaitJoined("n1");
    }

    @Test
    void ofLongOutput_theEndIsTold() throws IOException {
        Play shop = CLUSTER.stage().idle("shop").placed("allow: [n1]").acting("start: {run: story}");
        Path story = CLUSTER.stage().action("story");
        Files.writeString(story, "#!/bin/sh\nfor i in $(seq 500); do echo \"line $i\"; done; exit 3\n");
        CLUSTER.stage().permit("story", "rwxr-xr-x");

        CLUSTER.applyOnly(shop);

        awaitTold(shop, "line 498 | line 499 | line 500");
    }
}
