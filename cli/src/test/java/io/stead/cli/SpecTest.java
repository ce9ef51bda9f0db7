package io.stead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.cli.fake.FakeCluster;
import io.stead.model.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Specs on their way from files into the store, back out of it, and away. */
final class SpecTest {
    private static final String WEB = """
        kind: service
        name: web
        placement: {prefer: [n1]}
        actions:
          start: {run: web-start}
        ---
        kind: service
        name: web-log
        parent: web
        actions: {start: {run: web-log}}
        """;

    @TempDir
    Path dir;

    private final FakeCluster cluster = new FakeCluster();

    @BeforeEach
    void begin() {
        cluster.up("n1", "n2");
    }

    private Called stead(String... args) {
        return Called.on(cluster, args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "yaml"})
    void apply_inEveryFormat(String format) throws IOException {
        Called called = stead("apply", "-f", file("web.yaml", WEB), "-o", format);

        assertThat(called.err()).isEmpty();
        Golden.check("apply." + format, called.out());
        assertThat(stead("apply", "-f", file("web.yaml", WEB)).out())
                .isEqualTo("service web unchanged\nservice web-log unchanged\n2 services are in place\n");
    }

    @Test
    void apply_noWait_isDoneWhenStored() throws IOException {
        cluster.leaderless = true;

        assertThat(stead("apply", "-f", file("web.yaml", WEB), "--no-wait").out())
                .isEqualTo("service web created\nservice web-log created\n");
    }

    @Test
    void apply_ofWhatNoNodeCanTake_saysSoAtOnce() throws IOException {
        String late = file("late.yaml", "{kind: service, name: late, placement: {allow: [n9]}}");

        Called called = stead("apply", "-f", late);

        assertThat(called.code()).isEqualTo(1);
        assertThat(called.out()).isEqualTo("service late created\n");
        assertThat(called.err()).contains("stead: accepted, but late is deregistered: no able node: ");
        assertThat(cluster.now().wall()).isBefore(FakeCluster.NOON.plusSeconds(5));
    }

    @Test
    void apply_ofWhatStartsNothing_isDone_withAWarning() throws IOException {
        String idle = file("idle.yaml", "{kind: service, name: idle}");

        Called called = stead("apply", "-f", idle);

        assertThat(called.code()).isZero();
        assertThat(called.out()).isEqualTo("service idle created\nidle is in place\n");
        assertThat(called.err())
                .isEqualTo("stead: warning: " + idle
                        + ":1:1: actions: there is no start: the service is registered, and nothing is run for it\n");
    }

    @Test
    void apply_wait_isTheRule() throws IOException {
        assertThat(stead("apply", "-f", file("web.yaml", WEB), "--wait").out()).endsWith("2 services are in place\n");
    }

    @Test
    void apply_ofASpecThatIsTooLarge_saysWhere() throws IOException {
        String large = file("large.yaml", WEB + "---\n" + sized("large", 70_000));

        Called called = stead("apply", "-f", large);

        assertThat(called.code()).isEqualTo(4);
        assertThat(called.err())
                .contains("large.yaml:12:1: service large is too large: 70", "65536 are allowed")
                .hasLineCount(1);
        assertThat(cluster.view().services()).isEmpty();
    }

    @Test
    void apply_ofMoreThanFitsIntoOneTransaction_saysWhatToDo() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            many.append("---\n").append(sized("s" + i, 50_000));
        }

        Called called = stead("apply", "-f", file("many.yaml", many.toString()));

        assertThat(called.code()).isEqualTo(4);
        assertThat(called.err())
                .contains("6 specs are too large to be stored at once", "split the file")
                .hasLineCount(1);
        assertThat(cluster.view().services()).isEmpty();
    }

    private static String sized(String name, int bytes) {
        return "{kind: service, name: %s, actions: {start: {run: a, args: [%s]}}}\n".formatted(name, "x".repeat(bytes));
    }

    @Test
    void apply_ofABadFile_showsEveryProblemAndStoresNothing() throws IOException {
        String bad = file("bad.yaml", WEB.replace("prefer", "prefre").replace("name: web-log", "name: Web"));

        Called called = stead("apply", "-f", bad);

        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err())
                .contains("bad.yaml:3:", "\"prefer\"", "bad.yaml:8:")
                .hasLineCount(2);
        assertThat(called.err().lines()).allMatch(line -> line.startsWith("stead: "));
        assertThat(cluster.view().services()).isEmpty();
    }

    @Test
    void apply_whatDoesNotFitTheStore_isRefused() throws IOException {
        String orphan = file("orphan.yaml", "{kind: service, name: a, parent: nobody}");

        Called called = stead("apply", "-f", orphan);

        assertThat(called.code()).isEqualTo(4);
        assertThat(called.err()).contains("there is no service nobody").hasLineCount(1);
    }

    @Test
    void apply_besideSomebodyElse_isRefused() throws IOException {
        cluster.conflicting = true;

        assertThat(stead("apply", "-f", file("web.yaml", WEB)).code()).isEqualTo(4);
    }

    @Test
    void apply_ofNoFile_isAMistake() {
        Called called = stead("apply", "-f", dir.resolve("none.yaml").toString());

        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err()).contains("there is no such file").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "---\n", "# nothing yet\n---\n# nor here\n"})
    void apply_ofAFileWithoutASpec_isAMistake(String text) throws IOException {
        Called called = stead("apply", "-f", file("web.yaml", WEB), "-f", file("empty.yaml", text));

        assertThat(called.code()).isEqualTo(2);
        assertThat(called.out()).isEmpty();
        assertThat(called.err())
                .startsWith("stead: ")
                .endsWith("empty.yaml:1:1: there is no spec in it\n")
                .hasLineCount(1);
        assertThat(cluster.view().services()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "yaml", "json"})
    void export_isWhatImportReads(String format) throws IOException {
        stead("apply", "-f", file("web.yaml", WEB));
        Called exported = stead("export", "-o", format);
        assertThat(exported.err()).isEmpty();
        Golden.check("export." + format, exported.out());

        FakeCluster other = new FakeCluster();
        Called imported = Called.on(other, "import", "--no-wait", "-f", file("exported", exported.out()));

        assertThat(imported.err()).isEmpty();
        assertThat(other.view().services()).isEqualTo(cluster.view().services()).hasSize(2);
    }

    @Test
    void import_ofSomethingElse_isAMistake() throws IOException {
        Called called = stead("import", "-f", file("else.json", "{\"v\": 7, \"specs\": []}"));

        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err()).contains("its version is 7").hasLineCount(1);
    }

    @Test
    void delete_waitsUntilItHasStopped() throws IOException {
        stead("apply", "-f", file("web.yaml", WEB));

        Called called = stead("delete", "service", "web-log", "web");

        assertThat(called.err()).isEmpty();
        assertThat(called.out()).isEqualTo("web is deleted (was on n1)\nweb-log is deleted (was on n1)\n");
        assertThat(cluster.view().assignment(new ServiceName("web")).owners()).isEmpty();
    }

    @Test
    void delete_ofAParentAlone_isRefused() throws IOException {
        stead("apply", "-f", file("web.yaml", WEB));

        Called called = stead("delete", "service", "web");

        assertThat(called.code()).isEqualTo(4);
        assertThat(called.err()).contains("delete web-log first").hasLineCount(1);
    }

    @Test
    void delete_ofNothing_isNotFound() {
        assertThat(stead("delete", "service", "web").code()).isEqualTo(3);
    }

    @Test
    void init_showsPathsThatCanBeCopied_howeverLong() {
        String directory = "/etc/" + "a-long-name/".repeat(10) + "stead";

        Called called = stead("init", "--zk", "zk1:2181/stead", "--credentials-dir", directory);

        assertThat(called.out()).isEqualTo("""
            cluster stead is made at zk1:2181/stead
            Keep the operators' credentials; copy those of the agents to every host:
              operators  %s/operator.credentials
              agents     %s/agent.credentials
            """.formatted(directory, directory));
    }

    @Test
    void init_saysWhereTheCredentialsAre() {
        assertThat(stead("init", "--zk", "zk1:2181/prod/stead", "--credentials-dir", "/etc/stead", "-o", "yaml")
                        .out())
                .isEqualTo("""
                    cluster: stead
                    zk: zk1:2181/prod/stead
                    operatorCredentials: /etc/stead/operator.credentials
                    agentCredentials: /etc/stead/agent.credentials
                    """);
    }
}
