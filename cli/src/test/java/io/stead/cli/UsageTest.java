package io.stead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.cli.cluster.Clusters;
import io.stead.cli.fake.FakeCluster;
import io.stead.cli.fake.FakeClusters;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.model.Now;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How the command is called, and what it says when it is called wrongly. */
final class UsageTest {
    @Test
    void withoutAVerb_usageGoesToStderr() {
        Called bare = Called.alone();

        assertThat(bare.code()).isEqualTo(2);
        assertThat(bare.out()).isEmpty();
        assertThat(bare.err()).startsWith("Usage: stead");
    }

    static List<String> verbs() {
        return Verbs.names();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void help_ofEveryVerb(String verb) {
        Called help = Called.alone((verb + " --help").strip().split(" "));

        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
        Golden.check("help/" + (verb.isEmpty() ? "stead" : verb.replace(' ', '-')) + ".txt", help.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "statsu            | unknown verb \"statsu\"; did you mean status?; see `stead --help`",
                "status --zkk x    | unknown option \"--zkk\"; did you mean --zk?; see `stead status --help`",
                "status now        | one word too many: \"now\"; see `stead status --help`",
                "register          | say `stead register SERVICE`; see `stead register --help`",
                "transfer db --to  | --to needs a value: NODE; see `stead transfer --help`",
                "apply web.yaml    | say `stead apply -f web.yaml`; see `stead apply --help`",
                "apply             | say `stead apply -f FILE`; see `stead apply --help`",
                "import            | say `stead import -f FILE`; see `stead import --help`",
                "delete            | say what to delete: `stead delete service NAME` or `stead delete node NAME`;"
                        + " see `stead delete --help`",
                "delete web        | say what web is: `stead delete service web` or `stead delete node web`;"
                        + " see `stead delete --help`",
                "delete servce web | unknown verb \"servce\"; did you mean service?; see `stead delete --help`",
                "delete service    | say `stead delete service SERVICE`; see `stead delete service --help`",
                "register A_b      | invalid value for positional parameter at index 0 (SERVICE): service name"
                    + " \"A_b\": use 1 to 63 of a-z 0-9 . _ -, beginning with a letter or digit; see `stead register"
                    + " --help`",
                "status -o xml     | invalid value for option '--output': use table, json or yaml;"
                        + " see `stead status --help`",
                "status --timeout x| invalid value for option '--timeout': duration \"x\": write a whole number with"
                        + " ms, s, m, h or d, such as 30s; see `stead status --help`",
                "status --zk a:b   | ZooKeeper",
                "history -n 0      | -n 0: say how many entries to begin with, 1 or more",
                "history -n -3     | -n -3: say how many entries to begin with, 1 or more",
                "history -n=-3     | -n -3: say how many entries to begin with, 1 or more",
                "node drian n1     | unknown verb \"drian\"; did you mean drain?; see `stead node --help`",
                "node              | say what to ask of the node; see `stead node --help`",
                "delete group web  | say what to delete: `stead delete service NAME` or `stead delete node NAME`; see"
                        + " `stead delete --help`",
            })
    void mistake_isOneLineThatHelps(String words, String said) {
        Called called = Called.alone(words.split(" +"));

        assertThat(called.code()).isEqualTo(2);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).startsWith("stead: ").contains(said).hasLineCount(1);
    }

    @Test
    void unreachable_isFive() {
        Called called = failing(new CommandFailed(ExitCode.UNREACHABLE, "ZooKeeper does not answer"), "status");

        assertThat(called.code()).isEqualTo(5);
        assertThat(called.err()).isEqualTo("stead: ZooKeeper does not answer\n");
    }

    @Test
    void bug_isOneLine_andATraceOnlyWithDebug() {
        assertThat(failing(new IllegalStateException("broken\nin two"), "status")
                        .err())
                .contains("broken\\u000ain two")
                .hasLineCount(1);
        assertThat(failing(new IllegalStateException("broken"), "status", "--debug")
                        .err())
                .contains("\tat io.stead");
    }

    private static Called failing(RuntimeException how, String... args) {
        Clusters clusters = new FakeClusters(() -> {
            throw how;
        });
        return Called.with(clusters, () -> new Now(FakeCluster.NOON, 0), args);
    }
}
