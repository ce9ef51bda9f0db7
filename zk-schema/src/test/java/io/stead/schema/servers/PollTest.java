package io.stead.schema.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the words of all voters together prove (C3). */
@Tag("C3")
class PollTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        NOT_SERVING NOT_SERVING NOT_SERVING | true  | true
        NOT_SERVING READ_ONLY NOT_SERVING   | true  | true
        NOT_SERVING REFUSED NOT_SERVING     | false | true
        REFUSED REFUSED REFUSED             | false | true
        NOT_SERVING FOLLOWING NOT_SERVING   | false | false
        NOT_SERVING LEADING NOT_SERVING     | false | false
        NOT_SERVING UNKNOWN REFUSED         | false | false
        """)
    void nobodyLeads_onlyWhereEveryVoterIsProvenNotTo(String words, boolean strict, boolean trusting) {
        Poll poll = poll(words.split(" ", -1));
        assertThat(poll.provesNoLeader(Refusals.PROVE_NOTHING)).isEqualTo(strict);
        assertThat(poll.provesNoLeader(Refusals.TRUSTED)).isEqualTo(trusting);
    }

    @Test
    void nobodyAsked_provesNothing() {
        assertThat(poll().provesNoLeader(Refusals.TRUSTED)).isFalse();
    }

    /** One server asked twice is another one not asked. */
    @Test
    void twoNamesOfOneAddress_proveNothing() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> answer(server, "This ZooKeeper instance is not currently serving requests\n"));
            int port = server.getLocalPort();
            Voters one = new Voters(List.of(InetSocketAddress.createUnresolved("127.0.0.1", port)));
            assertThat(Poll.of(one, PATIENCE).provesNoLeader(Refusals.PROVE_NOTHING))
                    .isTrue();
            Voters two = new Voters(List.of(
                    InetSocketAddress.createUnresolved("127.0.0.1", port),
                    InetSocketAddress.createUnresolved("localhost", port)));
            assertThat(Poll.of(two, PATIENCE).provesNoLeader(Refusals.PROVE_NOTHING))
                    .isFalse();
        }
    }

    @Test
    void answerThatDrips_isNotWaitedFor() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> drip(server));
            Voters voters = new Voters(List.of(InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort())));
            assertThat(Poll.of(voters, PATIENCE).words()).containsValue(ServerWord.UNKNOWN);
        }
    }

    private static Poll poll(String... words) {
        Map<InetSocketAddress, ServerWord> said = new HashMap<>();
        Arrays.stream(words)
                .forEach(w ->
                        said.put(InetSocketAddress.createUnresolved("zk" + said.size(), 2181), ServerWord.valueOf(w)));
        return new Poll(said, 0, 1);
    }

    private static void answer(ServerSocket server, String text) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().readNBytes(4);
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().readNBytes(4);
            for (int i = 0; i < 1000; i++) {
                socket.getOutputStream().write('.');
                Thread.sleep(20);
            }
        } catch (IOException e) {
            // Nobody listens any more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
