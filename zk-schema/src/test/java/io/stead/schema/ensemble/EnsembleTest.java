package io.stead.schema.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnsembleTest {
    @Test
    void threeServers_haveOneLeader_andAnotherWhenItIsKilled_andServeOnWhenItIsBack() {
        try (Ensemble ensemble = Ensemble.start(3)) {
            int leader = ensemble.leader();
            assertThat(ensemble.log(leader))
                    .containsPattern("stead zookeeper: serves 127\\.0\\.0\\.1:\\d+, data in .+, leading");
            ensemble.kill(leader);
            ensemble.awaitServing();
            assertThat(ensemble.leader()).isNotEqualTo(leader);
            assertThat(ensemble.ask(leader, "srvr")).isEmpty();

            ensemble.restart(leader);
            ensemble.awaitServing();
            assertThat(ensemble.ask(leader, "srvr")).contains("Mode: follower");
            assertThat(ensemble.log(leader)).contains(", following\n");
        }
    }

    @Test
    void frozenServer_doesNotAnswer_untilItIsThawed() {
        try (Ensemble ensemble = Ensemble.start(1)) {
            ensemble.freeze(0);
            assertThat(ensemble.ask(0, "srvr")).isEmpty();
            ensemble.thaw(0);
            ensemble.awaitServing();
        }
    }

    @Test
    void closedEnsemble_leavesNothingBehind() {
        Ensemble ensemble = Ensemble.start(1);
        long server = ensemble.pid(0);
        ensemble.freeze(0);
        ensemble.close();
        assertGone(List.of(server), ensemble.directory());
    }

    @Test
    void killedTest_leavesNothingBehind_notEvenFrozenServers() throws Exception {
        Process test = new ProcessBuilder(JavaProcess.command(Crashing.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = test.inputReader()) {
            for (String line = lines.readLine(); line != null && !line.equals("ready"); line = lines.readLine()) {
                said.add(line);
            }
            test.destroyForcibly().waitFor();
        }
        assertThat(said).hasSize(2);
        assertGone(List.of(Long.parseLong(said.get(0))), Path.of(said.get(1)));
    }

    /** A test that never gets as far as closing what it has started. */
    static final class Crashing {
        public static void main(String[] args) throws Exception {
            Ensemble ensemble = Ensemble.start(1);
            ensemble.freeze(0);
            System.out.println(ensemble.pid(0));
            System.out.println(ensemble.directory());
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }

    private static void assertGone(List<Long> processes, Path directory) {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        processes.stream().noneMatch(p -> ProcessHandle.of(p).isPresent()));
        await().atMost(Duration.ofSeconds(20)).until(() -> !directory.toFile().exists());
    }
}
