package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.cluster.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The walk-throughs of docs/examples, on real processes. */
final class ExamplesIT {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("stead.home", "..")).resolve("docs/examples");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("4s", "n1", "n2", "n3");

    @AfterEach
    void deleteWhatWasApplied() {
        CLUSTER.operator()
                .stead("delete", "service", "license-report", "license-server")
                .done();
    }

    @Test
    @Tag("B16")
    @Tag("B19")
    @Tag("B20")
    void licenseServer_isMoved_crashes_andIsRecoveredBeforeItStartsAnew() throws IOException {
        Path state = Files.createDirectories(CLUSTER.directory().resolve("license"));
        install("license-server");
        String spec = Files.readString(EXAMPLES.resolve("license-server/license-server.yaml"))
                .replace("/var/lib/license", state.toString());

        CLUSTER.operator()
                .stead("apply", "-f", CLUSTER.file(spec).toString(), "--wait", "--timeout", "40s")
                .done();
        await().atMost(PATIENCE).until(() -> serving(state).startsWith("n1 "));
        await().atMost(PATIENCE).until(() -> journal(state).contains("n2 knows that n1 serves"));

        CLUSTER.operator().stead("transfer", "license-server", "--to", "n3").done();
        await().atMost(PATIENCE).until(() -> serving(state).startsWith("n3 "));
        assertThat(journal(state)).noneMatch(line -> line.startsWith("recovered"));

        CLUSTER.agent("n3").kill();
        await().atMost(PATIENCE).until(() -> serving(state).startsWith("n1 "));
        assertThat(journal(state)).contains("recovered after n3 on n1");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                CLUSTER.status().service("license-report").toString())
                        .isEqualTo("registered [n1]"));
    }

    private static void install(String example) throws IOException {
        try (Stream<Path> actions = Files.list(EXAMPLES.resolve(example).resolve("actions"))) {
            for (Path action : actions.toList()) {
                Path installed = CLUSTER.stage().action(action.getFileName().toString());
                Files.write(installed, Files.readAllBytes(action));
                Files.setPosixFilePermissions(installed, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static String serving(Path state) {
        return String.join(" ", lines(state.resolve("serving")));
    }

    private static List<String> journal(Path state) {
        return lines(state.resolve("journal"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
