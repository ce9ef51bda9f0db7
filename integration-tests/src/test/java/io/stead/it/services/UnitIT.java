package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import io.stead.it.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services that are units of a real systemd, which each node has of its own, and which does nothing with them unasked. */
@Tag("C10")
final class UnitIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> NODES = List.of("n1", "n2");

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("6s", "n1", "n2").onMachines().configured("""
        allow: {units: [shop.service, lock.service, boot.service, foo@1.service]}
        """);

    private static final String RANKED = "prefer: [n1, n2], order: ranked";

    @Test
    void unit_isStarted_movesOnCommand_andIsStopped_andNothingOfSteadsIsLeftInSystemd() throws IOException {
        Play shop = shop();
        CLUSTER.apply(shop);
        CLUSTER.witness().awaitOn(shop, "n1");
        assertThat(property("n1", "Restart")).isEqualTo("no");

        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n2").done();

        CLUSTER.witness().awaitOn(shop, "n2");
        assertThat(property("n1", "ActiveState")).isEqualTo("inactive");
        assertThat(property("n1", "Restart")).isEqualTo("always");
        assertThat(property("n1", "DropInPaths")).isEmpty();
        CLUSTER.operator().stead("delete", "service", shop.name()).done();
        CLUSTER.witness().awaitNowhere(shop);
        assertThat(property("n2", "ActiveState")).isEqualTo("inactive");
    }

    @Test
    @Tag("C11")
    void unitDies_thatIsCounted_andSteadStartsItAnew_notSystemd() throws IOException {
        Play shop = shop().key("failures: {restarts: 1}");
        CLUSTER.apply(shop);
        CLUSTER.witness().awaitOn(shop, "n1");
        String before = property("n1", "InvocationID");

        CLUSTER.machine("n1").run("systemctl", "kill", "--kill-whom=all", "--signal=KILL", "shop.service");

        await("another start of it")
                .atMost(PATIENCE)
                .until(() -> property("n1", "ActiveState").equals("active")
                        && !property("n1", "InvocationID").equals(before));
        CLUSTER.awaitRegistered(shop, "n1");
        CLUSTER.awaitShown(
                "a failure",
                status -> assertThat(status.service(shop.name()).failures()).containsKey("n1"));
        assertThat(property("n1", "NRestarts")).isEqualTo("0");
    }

    @Test
    void agentKilled_theWardenKillsItsUnit_andSystemdBringsItBackForNobody() throws IOException {
        Play shop = shop("ExecStopPost=sh -c 'test $SERVICE_RESULT = success || exec sleep infinity'");
        CLUSTER.apply(shop);
        CLUSTER.witness().awaitOn(shop, "n1");

        CLUSTER.agent("n1").kill();

        CLUSTER.witness().awaitOn(shop, "n2");
        CLUSTER.awaitRegistered(shop, "n2");
        CLUSTER.machine("n1").run("systemctl", "start", "shop.service");
        assertThat(property("n1", "ActiveState")).isEqualTo("failed");
        assertThat(property("n1", "ConditionResult")).isEqualTo("no");
        CLUSTER.start("n1");
        CLUSTER.awaitJoined("n1");
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n1").done();
        CLUSTER.witness().awaitOn(shop, "n1");
    }

    @Test
    @Tag("C4")
    void agentKilledAndStartedInTime_theUnitRunsOnUntouched() throws IOException {
        Play shop = shop();
        CLUSTER.apply(shop);
        CLUSTER.witness().awaitOn(shop, "n1");
        String before = property("n1", "MainPID");

        CLUSTER.agent("n1").kill();
        CLUSTER.start("n1");
        CLUSTER.agent("n1").awaitLog("member=resumed");

        CLUSTER.operator().stead("status").done();
        CLUSTER.awaitRegistered(shop, "n1");
        assertThat(property("n1", "MainPID")).isEqualTo(before);
    }

    @Test
    void unitThatRunsAlready_isTakenOver() throws IOException {
        Play shop = shop();
        CLUSTER.machine("n1").run("systemctl", "start", "shop.service");
        String before = property("n1", "MainPID");
        assertThat(before).isNotEqualTo("0");

        CLUSTER.apply(shop);

        CLUSTER.witness().awaitOn(shop, "n1");
        assertThat(property("n1", "MainPID")).isNotEqualTo(before);
        assertThat(CLUSTER.witness().processes(shop, "n1")).isNotEmpty();
    }

    @Test
    @Tag("C11")
    void unitWithoutProcesses_isMonitored_andStopped() {
        for (String node : NODES) {
            CLUSTER.machine(node).install("lock.service", """
                [Service]
                Type=oneshot
                RemainAfterExit=yes
                ExecStart=mkdir /run/lock/it
                ExecStop=rmdir /run/lock/it
                """);
        }
        Play lock = CLUSTER.stage()
                .idle("lock")
                .placed(RANKED)
                .acting("start: {systemd: lock.service}", "monitor: {systemd: lock.service, every: 200ms}");
        CLUSTER.apply(lock);
        CLUSTER.awaitRegistered(lock, "n1");
        assertThat(CLUSTER.machine("n1").root().resolve("run/lock/it")).isDirectory();

        CLUSTER.machine("n1").run("systemctl", "stop", "lock.service");

        CLUSTER.awaitRegistered(lock, "n2");
        assertThat(CLUSTER.status().service(lock.name()).failures().get("n1")).contains("monitor");
        assertThat(CLUSTER.agent("n1").log()).anyMatch(line -> line.contains("lock.service is inactive"));
        CLUSTER.operator().stead("delete", "service", lock.name()).done();
        assertThat(CLUSTER.machine("n2").root().resolve("run/lock/it")).doesNotExist();
    }

    @Test
    @Tag("C12")
    void whatTheHostDoesNotAllow_orSystemdStartsByItself_isRefusedInOneLine_andLeftAlone() {
        Machine n1 = CLUSTER.machine("n1");
        n1.install("boot.service", """
            [Service]
            ExecStart=sleep infinity
            [Install]
            WantedBy=multi-user.target
            """);
        n1.run("systemctl", "enable", "--now", "boot.service");
        String before = n1.property("boot.service", "MainPID");
        Play boot = only("boot", "boot.service");
        Play cron = only("cron", "systemd-journald.service");
        Play none = only("none", "foo@1.service");

        CLUSTER.applyOnly(boot, cron, none);

        CLUSTER.awaitShown("refused", status -> {
            assertThat(status.service(boot.name()).failures().get("n1"))
                    .contains("boot.service is enabled")
                    .contains("systemctl disable boot.service");
            assertThat(status.service(cron.name()).failures().get("n1"))
                    .contains("systemd unit systemd-journald.service is not allowed on this host")
                    .contains("allow.units");
            assertThat(status.service(none.name()).failures().get("n1"))
                    .contains("foo@1.service is not known to systemd here");
        });
        assertThat(n1.property("boot.service", "MainPID")).isEqualTo(before);
        assertThat(n1.property("systemd-journald.service", "ActiveState")).isEqualTo("active");
    }

    private static Play only(String name, String unit) {
        return CLUSTER.stage().idle(name).placed("allow: [n1]").acting("start: {systemd: '" + unit + "'}");
    }

    private static String property(String node, String property) {
        return CLUSTER.machine(node).property("shop.service", property);
    }

    /** A web server that systemd would start again at once, had it its way. */
    private static Play shop(String... more) throws IOException {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED).acting("start: {systemd: shop.service}");
        for (String node : NODES) {
            Path home =
                    Files.createDirectories(CLUSTER.directory().resolve(node).resolve(shop.name()));
            int port = shop.port() + Integer.parseInt(node.substring(1));
            Files.writeString(home.resolve("nginx.conf"), """
                user root;
                worker_processes 1;
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { worker_connections 64; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/1;
                  proxy_temp_path %1$s/2;
                  fastcgi_temp_path %1$s/3;
                  uwsgi_temp_path %1$s/4;
                  scgi_temp_path %1$s/5;
                  server {
                    listen 127.0.0.1:%2$d;
                    location / { return 200 "%3$s\\n"; }
                  }
                }
                """.formatted(home, port, node));
            CLUSTER.machine(node).install("shop.service", """
                [Service]
                ExecStart=nginx -e %1$s/error.log -c %1$s/nginx.conf
                Restart=always
                RestartSec=10ms
                %2$s
                """.formatted(home, String.join("\n", more)));
        }
        return shop;
    }
}
