package io.stead.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.schema.spec.ConnectString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreClustersTest {
    @Test
    void credentialsThatAreNotThere_areAMistakeInTheCall() {
        CommandFailed failed = catchThrowableOfType(
                CommandFailed.class,
                () -> new StoreClusters()
                        .open(
                                ConnectString.parse("127.0.0.1:1/stead"),
                                Optional.of(Path.of("/no/such")),
                                "ann@desk",
                                Duration.ofSeconds(1)));

        assertThat(failed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(failed.line()).startsWith("no credentials at /no/such: ");
    }
}
