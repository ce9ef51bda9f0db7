package io.stead.schema.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stead.schema.ensemble.Ensemble;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers of a real ensemble say when all is well, when their leader has gone, and when they are dead or frozen. */
@Tag("C3")
final class ServerWordTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Ensemble ensemble = Ensemble.start(3);

    @AfterEach
    void stopServers() {
        ensemble.close();
    }

    @Test
    void oneLeadsAndTheOthersFollow() {
        assertThat(words()).containsExactlyInAnyOrder(ServerWord.LEADING, ServerWord.FOLLOWING, ServerWord.FOLLOWING);
    }

    @Test
    void withoutAQuorumTheLastOneSaysSo_andTheDeadRefuse() throws Exception {
        int last = ensemble.leader();
        others(last).forEach(ensemble::kill);

        await().atMost(LONG).until(() -> word(last) == ServerWord.NOT_SERVING);
        assertThat(word(last).isWithoutLeader()).isTrue();
        assertThat(others(last).stream().map(this::word)).containsOnly(ServerWord.REFUSED);
        assertThat(Scout.firstServing(addresses(), Optional.empty(), PATIENCE)).isEmpty();
    }

    @Test
    void frozenServer_saysNothing_andAnotherIsFound() throws Exception {
        int frozen = ensemble.follower();
        ensemble.freeze(frozen);

        assertThat(word(frozen)).isEqualTo(ServerWord.UNKNOWN);
        assertThat(Scout.firstServing(addresses(), Optional.empty(), PATIENCE))
                .hasValueSatisfying(s -> assertThat(s.getPort()).isNotEqualTo(ensemble.port(frozen)));
        ensemble.thaw(frozen);
    }

    @Test
    void serverThatIsLeftOut_isNotFound() throws Exception {
        InetSocketAddress one = new InetSocketAddress(InetAddress.getLoopbackAddress(), ensemble.port(0));
        assertThat(Scout.firstServing(List.of(addresses().getFirst()), Optional.of(one), PATIENCE))
                .isEmpty();
        assertThat(Scout.firstServing(List.of(addresses().getFirst()), Optional.empty(), PATIENCE))
                .contains(one);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Mode: leader                                                            | LEADING
        Mode: standalone                                                        | LEADING
        Mode: observer                                                          | FOLLOWING
        Mode: read-only                                                         | READ_ONLY
        Mode: something-new                                                     | UNKNOWN
        This ZooKeeper instance is not currently serving requests               | NOT_SERVING
        srvr is not executed because it is not in the whitelist.                | UNKNOWN
        HTTP/1.1 400 Bad Request                                                | UNKNOWN
        """)
    void whatItSays_isUnderstoodOrUnknown(String answer, ServerWord word) {
        assertThat(ServerWord.parsed("Zookeeper version: 3.9.5\n" + answer + "\nNode count: 5\n"))
                .isEqualTo(word);
    }

    private List<Integer> others(int server) {
        return IntStream.range(0, 3).filter(i -> i != server).boxed().toList();
    }

    private List<InetSocketAddress> addresses() {
        return IntStream.range(0, 3).mapToObj(this::address).toList();
    }

    private InetSocketAddress address(int server) {
        return InetSocketAddress.createUnresolved("127.0.0.1", ensemble.port(server));
    }

    private List<ServerWord> words() {
        return IntStream.range(0, 3).mapToObj(this::word).toList();
    }

    private ServerWord word(int server) {
        return ServerWord.of(address(server), PATIENCE);
    }
}
