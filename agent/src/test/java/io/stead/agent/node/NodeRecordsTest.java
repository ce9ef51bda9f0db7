package io.stead.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.agent.disk.Journal;
import io.stead.model.Incarnation;
import io.stead.model.ServiceName;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Errand;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeRecordsTest {
    private static final ServiceName DB = new ServiceName("db");

    @TempDir
    private Path directory;

    private Runs runs() throws IOException {
        return new Runs(Journal.in(directory.resolve("runs")));
    }

    private Notes notes(String bootId) throws IOException {
        return new Notes(Journal.in(directory.resolve("notes")), bootId);
    }

    private static Run run(RunState state) {
        return new Run(
                DB,
                7,
                new Incarnation(0x1000),
                Actions.NONE,
                Optional.empty(),
                true,
                Duration.ZERO,
                true,
                state,
                "it said \"no\"\nand left");
    }

    @Test
    @Tag("A22")
    void aRunThatWasWritten_isKnownToTheNextProcess() throws IOException {
        runs().put(run(RunState.STARTING));
        assertThat(runs().all()).containsExactly(Map.entry(DB, run(RunState.STARTING)));
    }

    @Test
    void aRunThatWasForgotten_isGone() throws IOException {
        runs().put(run(RunState.STOPPED));
        runs().forget(DB);
        assertThat(runs().all()).isEmpty();
    }

    @Test
    void aRunThatIsGarbage_isSetAside_andTheOthersAreRead() throws IOException {
        runs().put(run(RunState.STARTED));
        Files.writeString(directory.resolve("runs/web.rec"), "garbage");
        assertThat(runs().all()).containsOnlyKeys(DB);
        assertThat(directory.resolve("runs/web.rec.corrupt")).exists();
    }

    @Test
    @Tag("B19")
    void whatTheHostWasNotifiedOf_isRemembered_untilItBoots() throws IOException {
        Errand first = new Errand(DB, 7, Verb.NOTIFY);
        Errand second = new Errand(DB, 8, Verb.NOTIFY);
        Result failed = Result.failed("exit 1");
        assertThat(notes("boot-1").ended(Set.of(first), first, Result.DONE)).isEqualTo(Result.DONE);
        assertThat(notes("boot-1").ended(Set.of(first, second), second, failed)).isEqualTo(failed);
        assertThat(notes("boot-1").all())
                .containsOnly(
                        Map.entry(first, Optional.of(new Result(Outcome.SUCCEEDED, ""))),
                        Map.entry(second, Optional.of(new Result(Outcome.FAILED, ""))));
        assertThat(notes("boot-2").all()).isEmpty();
    }

    @Test
    void whatNobodyAsksAboutAnyMore_isForgottenWithTheNextNote() throws IOException {
        Errand first = new Errand(DB, 7, Verb.NOTIFY);
        Errand second = new Errand(DB, 8, Verb.NOTIFY);
        notes("boot-1").ended(Set.of(first), first, Result.DONE);
        notes("boot-1").ended(Set.of(second), second, Result.DONE);
        assertThat(notes("boot-1").all()).containsOnlyKeys(second);
    }
}
