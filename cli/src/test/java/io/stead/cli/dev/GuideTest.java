package io.stead.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The guide offers what can be done here, and promises no more than is done at the end. */
final class GuideTest {
    private static final TrialDirectory TRIAL = new TrialDirectory(Path.of("/tmp/trial"));

    private static String guide(int nodes, boolean kept) {
        Map<NodeId, Long> agents = new LinkedHashMap<>();
        for (int i = 1; i <= nodes; i++) {
            agents.put(new NodeId("n" + i), 100L + i);
        }
        return Guide.text(TRIAL, "127.0.0.1:2181/t", agents, List.of(Path.of("/opt/stead/bin")), "15s", kept);
    }

    @Test
    void severalNodes_canBeMovedBetween() {
        assertThat(guide(3, false))
                .startsWith("A cluster of 3 nodes runs")
                .contains(
                        "  export STEAD_ZK=127.0.0.1:2181/t"
                                + " STEAD_CREDENTIALS=/tmp/trial/credentials/operator.credentials"
                                + " PATH=\"/opt/stead/bin:$PATH\"\n",
                        "  stead transfer hello        move it\n",
                        "  kill -9 101                 crash n1 (n2 is 102, n3 is 103); it comes back after 15s\n",
                        "Ctrl-C ends and removes everything.\n");
    }

    @Test
    void oneNode_isOfferedNoTransferAndNoDrain() {
        assertThat(guide(1, false))
                .startsWith("A cluster of 1 node runs")
                .contains("crash n1; it comes back")
                .doesNotContain("transfer", "drain");
    }

    @Test
    void directoryOfTheCallersChoice_isSaidToBeKept() {
        assertThat(guide(3, true)).endsWith("Logs are in /tmp/trial. Ctrl-C ends everything, and keeps that.\n");
    }

    @Test
    void aServiceOfYourOwn_goesWhereTheAgentsLook() {
        assertThat(guide(3, false)).contains("/tmp/trial/actions/mine", "| stead apply -f -");
    }
}
