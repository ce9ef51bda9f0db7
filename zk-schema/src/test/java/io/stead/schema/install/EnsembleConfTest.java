package io.stead.schema.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.spec.ConnectString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnsembleConfTest {
    private static final String ELECTION = "This ZooKeeper instance is not currently serving requests\n";
    private static final String FORBIDDEN = "conf is not executed because it is not in the whitelist.\n";

    private final List<ServerSocket> servers = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (ServerSocket server : servers) {
            server.close();
        }
    }

    @Test
    void realServer_tells() {
        try (Ensemble ensemble = Ensemble.start(1, Duration.ofMillis(700))) {
            assertThat(EnsembleConf.ask(ConnectString.parse(ensemble.connect())))
                    .isEqualTo(new EnsembleConf.Tick(Duration.ofMillis(700), 0));
        }
    }

    @Test
    void largestTick_counts_whoeverElseIsSilent() {
        assertThat(asked(ELECTION, conf("200"), "", conf("2000"), FORBIDDEN, conf("500")))
                .isEqualTo(new EnsembleConf.Tick(Duration.ofSeconds(2), 0));
    }

    /** protocols.md: (syncLimit + 2)·t + 0.5 s < T − t/2 − T/6 − (100 ms + T/1000). */
    @Test
    void leastTimeout_bearsTheLossOfTheLeadersHost() {
        assertThat(new EnsembleConf.Tick(Duration.ofMillis(200), 2).leastTimeout())
                .as("800 + 500 + 100 + 100 = 1500, by 1 − 1/6 − 1/1000")
                .isEqualTo(Duration.ofMillis(1803));
        assertThat(new EnsembleConf.Tick(Duration.ofMillis(500), 2).leastTimeout())
                .isLessThan(Duration.ofSeconds(4));
        assertThat(new EnsembleConf.Tick(Duration.ofSeconds(2), 5).leastTimeout())
                .as("ZooKeeper's own defaults")
                .isGreaterThan(Duration.ofSeconds(18));
    }

    @Test
    void realEnsemble_tellsItsSyncLimit() {
        try (Ensemble ensemble = Ensemble.start(3, Duration.ofMillis(200))) {
            assertThat(EnsembleConf.ask(ConnectString.parse(ensemble.connect())))
                    .isInstanceOfSatisfying(
                            EnsembleConf.Tick.class,
                            conf -> assertThat(conf.syncLimit()).isPositive());
        }
    }

    @Test
    void electionAndGarbage_areSilence() {
        assertThat(asked(ELECTION, conf("soon"), conf("99999999999999999999"), ""))
                .isEqualTo(new EnsembleConf.Silent());
    }

    @Test
    void serversThatAreDown_areSilent() throws IOException {
        ConnectString connect = connect(List.of(conf("200")));
        close();
        assertThat(EnsembleConf.ask(connect)).isEqualTo(new EnsembleConf.Silent());
    }

    @Test
    void oneThatMayNotTell_saysSo_whereNobodyTells() {
        assertThat(asked(ELECTION, FORBIDDEN)).isEqualTo(new EnsembleConf.Forbidden());
    }

    private static String conf(String tick) {
        return "clientPort=2181\ntickTime=" + tick + "\nmaxClientCnxns=60\n";
    }

    private EnsembleConf asked(String... answers) {
        return EnsembleConf.ask(connect(List.of(answers)));
    }

    /** A server for each of these answers. */
    private ConnectString connect(List<String> answers) {
        return ConnectString.parse(answers.stream()
                .map(answer -> "127.0.0.1:" + serve(answer).getLocalPort())
                .collect(Collectors.joining(",")));
    }

    private ServerSocket serve(String answer) {
        try {
            ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            servers.add(server);
            Thread.ofVirtual().start(() -> answerAll(server, answer));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answerAll(ServerSocket server, String answer) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                assertThat(client.getInputStream().readNBytes(4)).asString().isEqualTo("conf");
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }
}
