package io.stead.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.agent.config.AgentConfig.Allow;
import io.stead.model.spec.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which programs a spec may name here, and with which parameters; on real directories. */
@Tag("C12")
class ProgramsTest {
    private static final Target.Ocf DUMMY = new Target.Ocf("heartbeat:Dummy");
    private static final Program FILE = new Program.File("web-start");

    private Path top;
    private Path actions;
    private Path agents;
    private Path scratch;

    @BeforeEach
    void make(@TempDir Path parent) throws IOException {
        top = parent.toRealPath();
        actions = Files.createDirectories(top.resolve("actions.d"));
        agents = top.resolve("resource.d");
        Files.createDirectories(agents.resolve("heartbeat"));
        scratch = top.resolve("run/ocf");
    }

    private Programs allowing(Set<Target.Ocf> ocf, Map<Target.Ocf, Set<String>> params) throws IOException {
        return new Programs(actions, new Allow(Set.of(), ocf, params, Map.of()), top.resolve("own"), scratch, agents);
    }

    @Test
    void aFile_liesInTheActionsDirectory_whateverElseIsAllowed() throws Exception {
        Programs programs = allowing(Set.of(), Map.of());
        assertThat(programs.flaw(FILE, Map.of("ANY", "thing"))).isEmpty();
        assertThat(programs.file(FILE)).contains(actions.resolve("web-start"));
    }

    @Test
    void anOcfAgentThatTheHostDoesNotName_isNotAllowed() throws Exception {
        Programs programs = allowing(Set.of(new Target.Ocf("heartbeat:IPaddr2")), Map.of());
        assertThat(programs.flaw(new Program.Ocf(DUMMY), Map.of()))
                .contains(new Refusal.NotAllowed("OCF agent heartbeat:Dummy", "allow.ocf"));
    }

    @Test
    void anOcfAgent_isGivenTheParametersThatTheHostNames_andNoOthers() throws Exception {
        Programs programs = allowing(Set.of(DUMMY), Map.of(DUMMY, Set.of("fake")));
        Program dummy = new Program.Ocf(DUMMY);
        assertThat(programs.flaw(dummy, Map.of("fake", "1"))).isEmpty();
        assertThat(programs.flaw(dummy, Map.of("fake", "1", "state", "/etc/passwd")))
                .contains(new Refusal.ParameterNotAllowed("heartbeat:Dummy", "state"));
        assertThat(programs.file(dummy)).contains(agents.resolve("heartbeat/Dummy"));
    }

    @Test
    void anOcfAgent_isTrustedAsFarAsItsDirectory() throws Exception {
        Programs programs = allowing(Set.of(DUMMY), Map.of());
        Files.setPosixFilePermissions(agents.resolve("heartbeat"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(programs.flaw(new Program.Ocf(DUMMY), Map.of()))
                .contains(new Refusal.Writable(agents.resolve("heartbeat").toString()));
        assertThat(programs.flaw(FILE, Map.of()))
                .as("of the host's own files that says nothing")
                .isEmpty();
    }

    @Test
    void aProviderThatIsNotInstalled_isSaidToBeMissing() throws Exception {
        Target.Ocf other = new Target.Ocf("acme:thing");
        assertThat(allowing(Set.of(other), Map.of()).flaw(new Program.Ocf(other), Map.of()))
                .contains(new Refusal.NoDirectory(agents.resolve("acme").toString()));
    }

    @Test
    void scratch_isMadeOnce_andIsItsOwnersToWrite() throws Exception {
        Programs programs = allowing(Set.of(), Map.of());
        assertThat(scratch).doesNotExist();
        assertThat(programs.scratch()).isEqualTo(scratch);
        Files.createFile(scratch.resolve("kept"));
        assertThat(programs.scratch().resolve("kept")).exists();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scratch)))
                .isEqualTo("rwxr-xr-x");
    }
}
