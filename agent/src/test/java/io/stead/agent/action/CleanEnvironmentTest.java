package io.stead.agent.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.agent.container.Grounds;
import io.stead.agent.program.Program;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program gets what the spec says, byte by byte, and nothing of it is ever interpreted on the way. */
@Tag("C12")
@Timeout(60)
class CleanEnvironmentTest {
    private Bench bench;
    private List<String> nasty;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        bench = new Bench(Grounds.Kind.CGROUPS, directory);
        String touch = "touch " + bench.file("executed");
        nasty = List.of(
                "it's \"quoted\"",
                "two\nlines\n",
                "$(" + touch + ")",
                "`" + touch + "`",
                "; " + touch + " #",
                "'; " + touch + "; '",
                "${IFS}$0 $* $@ $$",
                "() { :; }; " + touch,
                "* ? ~ [a] \\ \\n %s",
                "-n",
                "",
                " lead and trail ",
                "größer 日本 \u001b[31m");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        assertThat(bench.file("executed")).doesNotExist();
        bench.close();
    }

    @Test
    void theEnvironment_isExactlyWhatIsPromised() throws Exception {
        Path env = program("env");
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < nasty.size(); i++) {
            params.put("P" + i, nasty.get(i));
        }
        params.put("LD_PRELOAD", "/tmp/evil.so");

        Map<String, String> seen = new LinkedHashMap<>();
        for (String variable : run("env", params, List.of("-0")).split("\0", -1)) {
            if (!variable.isEmpty()) {
                seen.put(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
            }
        }

        assertThat(seen.remove("STEAD_COOKIE")).matches("[0-9a-f]{32}");
        Map<String, String> expected = new LinkedHashMap<>(Map.of(
                "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG", "C.UTF-8",
                "HOME", "/",
                "STEAD_ACTION", "stop",
                "STEAD_ACTION_FILE", env.toString(),
                "STEAD_SERVICE", "web",
                "STEAD_NODE", "n1",
                "STEAD_HOLDER", "n2",
                "STEAD_FENCE", "8",
                "STEAD_GENERATION", "7"));
        expected.put("STEAD_SOCKET", "/run/stead.sock");
        params.forEach((name, value) -> expected.put("STEAD_PARAM_" + name, value));
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void arguments_arriveWhole() throws Exception {
        program("printf");
        List<String> args = new ArrayList<>(List.of("%s\\0"));
        args.addAll(nasty);
        assertThat(run("printf", Map.of(), args)).isEqualTo(String.join("\0", nasty) + "\0");
    }

    @Test
    void aScript_getsTheSame_throughItsInterpreter() throws Exception {
        bench.script("show", "printf '%s|' \"$@\" \"$STEAD_PARAM_X\"; pwd; umask; wc -c </dev/stdin");
        String shown = run("show", Map.of("X", nasty.get(2)), List.of(nasty.get(0), nasty.get(3)));
        assertThat(shown).startsWith(nasty.get(0) + "|" + nasty.get(3) + "|" + nasty.get(2) + "|/\n0022\n0\n");
    }

    @Test
    void aProgramsOwnFile_isTheOneThatWasChecked() throws Exception {
        bench.script("self", "readlink /proc/$$/fd/3; echo $0 $STEAD_ACTION_FILE");
        assertThat(run("self", Map.of(), List.of()))
                .isEqualTo("%1$s\n/proc/self/fd/3 %1$s\n".formatted(bench.actions.resolve("self")));
    }

    private Path program(String name) throws IOException {
        Path copy = Files.copy(Path.of("/usr/bin", name).toRealPath(), bench.actions.resolve(name));
        return Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
    }

    private String run(String file, Map<String, String> params, List<String> args)
            throws IOException, InterruptedException {
        ActionCall call = new ActionCall(
                "web",
                Verb.STOP,
                7,
                1,
                new Program.File(file),
                params,
                args,
                Duration.ofSeconds(20),
                false,
                "n1",
                "n2",
                8,
                Map.of("STEAD_SOCKET", "/run/stead.sock"));
        assertThat(bench.runner().run(call)).isInstanceOf(ActionOutcome.Succeeded.class);
        return bench.output();
    }
}
