package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Play;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services that real OCF resource agents start, stop and monitor, as Debian packs them; and monitors of other services. */
@Tag("C10")
final class OcfIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("3s", "n1", "n2", "n3").configured("""
        allow:
          ocf: ["heartbeat:nginx", "heartbeat:Dummy"]
          ocf-params: {"heartbeat:nginx": [configfile]}
        """);

    private static final String RANKED = "prefer: [n1, n2, n3], order: ranked";

    @Test
    void nginxOfItsAgent_runsInAContainer_movesOnCommand_andIsStartedElsewhereWhenItDies() throws IOException {
        Play site = site(0);
        CLUSTER.apply(site);
        CLUSTER.witness().awaitOn(site, "n1");

        CLUSTER.operator().stead("transfer", site.name(), "--to", "n2").done();
        CLUSTER.witness().awaitOn(site, "n2");
        Set<Long> before = CLUSTER.witness().processes(site, "n2");
        before.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

        String there = CLUSTER.witness().awaitElsewhere(site, "n2");
        CLUSTER.awaitRegistered(site, there);
    }

    @Test
    void agentOfItsNodeKilled_nginxIsKilledByTheWarden_andStartedElsewhere() throws IOException {
        Play site = site(1);
        CLUSTER.apply(site);

        CLUSTER.agent("n1").kill();

        CLUSTER.witness().awaitOn(site, "n2");
        CLUSTER.awaitRegistered(site, "n2");
    }

    @Test
    @Tag("C11")
    void monitorSaysNotRunning_theServiceIsStoppedAndStartedElsewhere_andTheFailureIsCounted() throws IOException {
        Play dummy = CLUSTER.stage()
                .idle("dummy")
                .placed(RANKED)
                .acting(
                        "start: {ocf: 'heartbeat:Dummy'}",
                        "stop: {ocf: 'heartbeat:Dummy'}",
                        "monitor: {ocf: 'heartbeat:Dummy', every: 200ms}");
        CLUSTER.apply(dummy);
        CLUSTER.awaitRegistered(dummy, "n1");

        Files.delete(state(dummy, "n1"));

        CLUSTER.awaitRegistered(dummy, "n2");
        assertThat(state(dummy, "n2")).exists();
        assertThat(state(dummy, "n1")).doesNotExist();
        assertThat(CLUSTER.status().service(dummy.name()).failures().get("n1")).contains("monitor");
        assertThat(CLUSTER.agent("n1").log()).anyMatch(line -> line.contains("exit status 7 (not running)"));
    }

    @Test
    @Tag("C11")
    void monitorOfACommandFails_theServiceIsStoppedInOrder_andStartedElsewhere() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED);
        Play watched = shop.alsoActing("monitor: {" + shop.played() + ", every: 200ms}");
        CLUSTER.apply(watched);
        CLUSTER.stage().awaitBegun(watched, "monitor", 3);

        CLUSTER.stage().fail(watched, "monitor", "n1");

        CLUSTER.witness().awaitOn(watched, "n2");
        CLUSTER.awaitRegistered(watched, "n2");
        assertThat(CLUSTER.stage().begun(watched, "stop")).containsExactly("n1");
    }

    @Test
    @Tag("C11")
    void monitorThatCantBeRun_saysNothingOfTheService_andIsWarnedOf() {
        Play shop = CLUSTER.stage().web("shop").placed(RANKED).alsoActing("monitor: {run: not-there, every: 100ms}");
        CLUSTER.apply(shop);

        CLUSTER.agent("n1").awaitLog("service=" + shop.name() + " monitor=not-run");

        CLUSTER.awaitRegistered(shop, "n1");
        assertThat(CLUSTER.stage().begun(shop, "stop")).isEmpty();
        assertThat(CLUSTER.status().service(shop.name()).failures()).isEmpty();
    }

    @Test
    @Tag("C12")
    void whatTheHostDoesNotAllow_isNotRun_andIsSaid() {
        Play delay = CLUSTER.stage().idle("delay").placed("allow: [n1]").acting("start: {ocf: 'heartbeat:Delay'}");
        Play dummy = CLUSTER.stage()
                .idle("dummy")
                .placed("allow: [n1]")
                .acting("start: {ocf: 'heartbeat:Dummy', params: {state: /etc/shadow}}");

        CLUSTER.applyOnly(delay, dummy);

        CLUSTER.awaitShown("refused", status -> {
            assertThat(status.service(delay.name()).failures().get("n1"))
                    .contains("heartbeat:Delay is not allowed on this host")
                    .contains("allow.ocf");
            assertThat(status.service(dummy.name()).failures().get("n1"))
                    .contains("parameter state of heartbeat:Dummy is not allowed on this host")
                    .contains("allow.ocf-params");
        });
    }

    /** Where the agent Dummy notes that it runs. */
    private static Path state(Play dummy, String node) {
        String cluster = CLUSTER.connect().substring(CLUSTER.connect().lastIndexOf('/') + 1);
        return Path.of("/run/stead", cluster + "." + node, "ocf", "Dummy-" + dummy.name() + ".state");
    }

    /** Two tests never share a port or a file. */
    private static Play site(int number) throws IOException {
        Path home = Files.createDirectories(CLUSTER.directory().resolve("site-" + number));
        Path configuration = Files.writeString(
                home.resolve("nginx.conf"), """
                    user root;
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
                        location / { return 200 "here"; }
                      }
                    }
                    """.formatted(home, CLUSTER.stage().port()));
        String ocf = "{ocf: 'heartbeat:nginx', params: {configfile: %s}}".formatted(configuration);
        return CLUSTER.stage().idle("site").placed(RANKED).acting("start: " + ocf, "stop: " + ocf);
    }
}
