package io.stead.it.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.it.cluster.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
    static final Cluster CLUSTER = Cluster.of("4s", "n1", "n2", "n3").configured("""
        allow:
          ocf: ["heartbeat:pgsql"]
          ocf-params: {"heartbeat:pgsql": [pgctl, pgdata, pgport, socketdir]}
        """);

    private final List<String> applied = new ArrayList<>();

    @AfterEach
    void deleteWhatWasApplied() {
        if (applied.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>(List.of("delete", "service"));
        words.addAll(applied);
        CLUSTER.operator().stead(words.toArray(String[]::new)).done();
    }

    private void apply(String spec, String... services) {
        applied.addAll(List.of(services));
        CLUSTER.operator()
                .stead("apply", "-f", CLUSTER.file(spec).toString(), "--wait", "--timeout", "40s")
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

        apply(spec, "license-report", "license-server");
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

    @Test
    @Tag("B16")
    void printService_movesWithItsChildren_mendsItsFilter_andGoesWhereItsAccountingCanBe() throws IOException {
        Path state = Files.createDirectories(CLUSTER.directory().resolve("print"));
        install("print-service");
        String spec = Files.readString(EXAMPLES.resolve("print-service/print-service.yaml"))
                .replace("/var/spool/print", state.toString());

        apply(spec, "print-filter", "print-accounting", "print-spooler");
        awaitAllOn("n1");

        CLUSTER.operator().stead("transfer", "print-spooler", "--to", "n3").done();
        awaitAllOn("n3");
        List<String> journal = journal(state);
        assertThat(journal.subList(journal.indexOf("n1 stops spooler"), journal.size()))
                .as("children stop before, and start after")
                .startsWith("n1 stops spooler", "n3 starts spooler")
                .contains("n3 starts accounting", "n3 starts filter");

        Files.writeString(state.resolve("n3/filter"), "jammed");
        await().atMost(PATIENCE)
                .until(() -> journal(state).stream()
                                .filter("n3 starts filter"::equals)
                                .count()
                        == 2);
        awaitAllOn("n3");
        assertThat(journal(state)).doesNotContain("n3 stops spooler", "n3 stops accounting");

        Files.createFile(state.resolve("n1/no-accounting"));
        CLUSTER.operator()
                .stead("transfer", "print-spooler", "--to", "n1", "--no-wait")
                .done();
        await().atMost(PATIENCE).until(() -> journal(state).contains("n1 stops spooler"));
        await().atMost(PATIENCE).until(() -> {
            String spooler = CLUSTER.status().service("print-spooler").toString();
            return spooler.startsWith("registered") && !spooler.contains("n1");
        });
    }

    private static void awaitAllOn(String node) {
        for (String part : List.of("print-spooler", "print-accounting", "print-filter")) {
            await(part + " on " + node)
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(CLUSTER.status().service(part)).hasToString("registered [" + node + "]"));
        }
    }

    @Test
    @Tag("C10")
    @Tag("C11")
    void database_isMoved_isStartedOnceMoreWhereItDied_andThenElsewhere() throws Exception {
        Path home = Files.createTempDirectory("stead-database");
        try {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path programs = postgresPrograms();
            Path data = home.resolve("data");
            run("install", "-d", "-o", "postgres", "-m", "700", data.toString());
            run("runuser", "-u", "postgres", "--", programs.resolve("initdb").toString(), "-D", data.toString());
            Files.writeString(
                    data.resolve("postgresql.conf"),
                    "unix_socket_directories = '" + data + "'\n",
                    StandardOpenOption.APPEND);
            String spec = Files.readString(EXAMPLES.resolve("database/database.yaml"))
                    .replace("/usr/lib/postgresql/15/bin", programs.toString())
                    .replace("/srv/database", data.toString())
                    .replace("/run/postgresql", data.toString())
                    .replace("5432", Integer.toString(CLUSTER.stage().port()))
                    .replace("every: 5s", "every: 500ms");

            apply(spec, "database");
            awaitDatabase("n1");
            CLUSTER.operator().stead("transfer", "database", "--to", "n2").done();
            awaitDatabase("n2");

            killDatabase(data);
            await("a failure on n2").atMost(PATIENCE).until(() -> failures("n2") == 1);
            awaitDatabase("n2");
            killDatabase(data);
            awaitDatabase("n1");
            run(
                    "runuser",
                    "-u",
                    "postgres",
                    "--",
                    programs.resolve("pg_ctl").toString(),
                    "-D",
                    data.toString(),
                    "status");
        } finally {
            deleteWhatWasApplied();
            applied.clear();
            run("rm", "-r", home.toString());
        }
    }

    private static long failures(String node) {
        return CLUSTER.status().service("database").failures().containsKey(node) ? 1 : 0;
    }

    private static void awaitDatabase(String node) {
        await("the database on " + node)
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(CLUSTER.status().service("database")).hasToString("registered [" + node + "]"));
    }

    /** Its first process, whose number stands in its data directory. */
    private static void killDatabase(Path data) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    /** Wherever Debian has put its newest. */
    private static Path postgresPrograms() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(PATIENCE)).as(String.join(" ", command)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
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
