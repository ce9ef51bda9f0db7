package io.stead.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.stead.agent.container.Grounds;
import io.stead.agent.program.Program;
import io.stead.agent.program.Refusal;
import io.stead.model.spec.Verb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host has not allowed is not run, and the refusal says which path is wrong and what mends it. */
@Tag("C12")
@Timeout(60)
class RefusalTest {
    private static final int NOBODY = 65534;

    private Bench bench;
    private Path action;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        bench = new Bench(Grounds.Kind.CGROUPS, directory);
        action = bench.script("go", "echo ran >" + bench.file("ran"));
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        assertThat(bench.file("ran")).doesNotExist();
        bench.close();
    }

    @Test
    void aMissingFile_isRefused() throws Exception {
        Files.delete(action);
        assertThat(refusal("go")).isEqualTo(new Refusal.Missing(action.toString()));
    }

    @Test
    void aMissingDirectory_isRefused() throws Exception {
        Files.delete(action);
        Files.delete(bench.actions);
        assertThat(refusal("go")).isEqualTo(new Refusal.NoDirectory(bench.actions.toString()));
        Files.createFile(bench.actions);
        assertThat(refusal("go")).isEqualTo(new Refusal.NoDirectory(bench.actions.toString()));
        assertThat(refusal("go").line()).contains("install -d -m 755 " + bench.actions);
        Files.delete(bench.actions);
    }

    @Test
    void aLink_isRefused_alsoToAGoodFile() throws Exception {
        Path link = Files.createSymbolicLink(bench.actions.resolve("link"), action);
        assertThat(refusal("link")).isEqualTo(new Refusal.NotRegular(link.toString()));
    }

    @Test
    void aDirectory_isRefused() throws Exception {
        Path other = Files.createDirectory(bench.actions.resolve("other"));
        assertThat(refusal("other")).isEqualTo(new Refusal.NotRegular(other.toString()));
    }

    @Test
    void aPipe_isRefused_andNothingWaitsForItsOtherEnd() throws Exception {
        Path pipe = bench.actions.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", "-m", "700", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(refusal("pipe")).isEqualTo(new Refusal.NotRegular(pipe.toString()));
    }

    @Test
    void aFileThatIsNotExecutable_isRefused() throws Exception {
        chmod(action, "rw-r--r--");
        assertThat(refusal("go")).isEqualTo(new Refusal.NotExecutable(action.toString()));
        assertThat(refusal("go").line()).contains("chmod u+x " + action);
    }

    @Test
    void somebodyElsesFile_isRefused() throws Exception {
        Files.setAttribute(action, "unix:uid", NOBODY);
        assertThat(refusal("go")).isEqualTo(new Refusal.WrongOwner(action.toString(), "65534", "0"));
        assertThat(refusal("go").line()).contains("chown 0 " + action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx", "rwx-w----", "rwx----w-"})
    void aFileThatOthersMayWrite_isRefused(String mode) throws Exception {
        chmod(action, mode);
        assertThat(refusal("go")).isEqualTo(new Refusal.Writable(action.toString()));
        assertThat(refusal("go").line()).contains("chmod go-w " + action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
    void aDirectoryThatOthersMayWrite_isRefused(String mode) throws Exception {
        chmod(bench.actions, mode);
        assertThat(refusal("go")).isEqualTo(new Refusal.Writable(bench.actions.toString()));
        chmod(bench.actions, "rwxr-xr-x");
        chmod(bench.etc, mode);
        assertThat(refusal("go")).isEqualTo(new Refusal.Writable(bench.etc.toString()));
    }

    @Test
    void aStickyDirectoryThatOthersMayAddTo_isRefused() throws Exception {
        Files.setAttribute(bench.actions, "unix:mode", 01777);
        assertThat(refusal("go")).isEqualTo(new Refusal.Writable(bench.actions.toString()));
    }

    @Test
    void somebodyElsesDirectory_isRefused() throws Exception {
        Path parent = bench.etc;
        Files.setAttribute(parent, "unix:uid", NOBODY);
        assertThat(refusal("go")).isEqualTo(new Refusal.WrongOwner(parent.toString(), "65534", "0"));
    }

    @Test
    void aDirectoryBehindSomebodyElsesLink_isRefused() throws Exception {
        Path moved = bench.file("moved");
        Files.move(bench.actions, moved);
        Files.createSymbolicLink(bench.actions, moved);
        Files.setAttribute(bench.actions, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        assertThat(refusal("go")).isEqualTo(new Refusal.WrongOwner(bench.actions.toString(), "65534", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../go", "/bin/sh", "sub/go", ".hidden", "go\n", "a b"})
    void aNameThatIsNoFilesName_isRefused(String name) throws Exception {
        assertThat(refusal(name)).isEqualTo(new Refusal.BadFileName(name));
        assertThat(refusal(name).line()).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "port", "1A", "A-B", "A=B", "A B", "BASH_FUNC_ls%%", "BASH_FUNC_ls()", "A\nB", "É", "_A"})
    void aParameterWithAnotherName_isRefused(String name) throws Exception {
        assertThat(refusal(call(Map.of(name, "x"), List.of(), Map.of()))).isEqualTo(new Refusal.BadVariable(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LD_PRELOAD",
                "BASH_ENV",
                "ENV",
                "PATH",
                "PYTHONPATH",
                "BASH_FUNC_ls%%",
                "STEAD_PARAM_X",
                "STEAD_NODE",
                "STEAD_COOKIE",
                "STEAD_",
                "STEAD_in",
                "IFS"
            })
    void aVariableThatIsNotSteads_isRefused(String name) throws Exception {
        assertThat(refusal(call(Map.of(), List.of(), Map.of(name, "x")))).isEqualTo(new Refusal.BadVariable(name));
    }

    @Test
    void nulCharacters_areRefused() throws Exception {
        assertThat(refusal(call(Map.of("A", "x\0y"), List.of(), Map.of()))).isEqualTo(new Refusal.BadValue("A"));
        assertThat(refusal(call(Map.of(), List.of("x\0y"), Map.of()))).isEqualTo(new Refusal.BadValue("an argument"));
        assertThat(refusal(call(Map.of(), List.of(), Map.of("STEAD_SOCKET", "\0"))))
                .isEqualTo(new Refusal.BadValue("STEAD_SOCKET"));
    }

    @Test
    void moreThanTheKernelTakes_isRefused() throws Exception {
        ActionCall call = call(Map.of("A", "x".repeat(1 << 20)), List.of(), Map.of());
        assertThat(refusal(call)).isInstanceOf(Refusal.NotLaunched.class);
    }

    private Refusal refusal(String file) throws InterruptedException {
        return refusal(bench.call(Verb.START, file, Duration.ofSeconds(20)));
    }

    private Refusal refusal(ActionCall call) throws InterruptedException {
        return assertThat(bench.runner().run(call))
                .asInstanceOf(type(ActionOutcome.Refused.class))
                .actual()
                .reason();
    }

    private static ActionCall call(Map<String, String> params, List<String> args, Map<String, String> extra) {
        return new ActionCall(
                "web",
                Verb.STOP,
                7,
                1,
                new Program.File("go"),
                params,
                args,
                Duration.ofSeconds(20),
                false,
                "n1",
                "n2",
                7,
                extra);
    }

    private static void chmod(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }
}
