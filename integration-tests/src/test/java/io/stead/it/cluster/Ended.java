package io.stead.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a command of the operator ended. */
public record Ended(List<String> arguments, int exitCode, String stdout, String stderr) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Itself, if it has done what it was asked. */
    public Ended done() {
        assertThat(exitCode).as("exit code of %s", this).isZero();
        return this;
    }

    /** That it was refused with this code and one line of explanation, which says all of this. */
    public void refused(int code, String... words) {
        assertThat(exitCode).as("exit code of %s", this).isEqualTo(code);
        assertThat(stderr).as("complaint of %s", this).hasLineCount(1).contains(words);
        assertThat(stdout).as("output of %s", this).isEmpty();
    }

    public JsonNode json() {
        return JSON.readTree(done().stdout);
    }

    @Override
    public String toString() {
        return "`stead " + String.join(" ", arguments) + "`: exit " + exitCode + ", stdout: " + stdout + ", stderr: "
                + stderr;
    }
}
