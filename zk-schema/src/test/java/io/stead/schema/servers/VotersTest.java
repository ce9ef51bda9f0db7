package io.stead.schema.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who the voters are, from what the ensemble says and what the client was given; nobody, where one of them is in doubt. */
@Tag("C3")
final class VotersTest {
    private static final List<InetSocketAddress> GIVEN = List.of(at("zk1", 2181), at("zk2", 2181));

    @Test
    void clientAddresses_areTakenAsTheyAreSaid() {
        assertThat(Voters.of("""
            server.1=10.0.0.1:2888:3888:participant;10.1.0.1:2181
            server.2=10.0.0.2:2888:3888:participant;0.0.0.0:2182
            server.3=[fd00::3]:2888:3888;2183
            version=100000000
            """, GIVEN))
                .contains(new Voters(List.of(at("10.1.0.1", 2181), at("10.0.0.2", 2182), at("fd00::3", 2183))));
    }

    @Test
    void withoutClientAddresses_theClientsOwnAreMatchedByHost() {
        assertThat(Voters.of("server.1=zk1:2888:3888\nserver.2=zk2:2888:3888:participant\nversion=0", GIVEN))
                .contains(new Voters(GIVEN));
    }

    @Test
    void observers_haveNoVote() {
        assertThat(Voters.of("server.1=zk1:2888:3888\nserver.9=zk9:2888:3888:observer\nversion=0", GIVEN))
                .contains(new Voters(List.of(at("zk1", 2181))));
    }

    @Test
    void unknownAmbiguousOrGarbledVoter_leavesNobody() {
        assertThat(Voters.of("server.1=zk1:2888:3888\nserver.2=elsewhere:2888:3888", GIVEN))
                .isEmpty();
        assertThat(Voters.of("server.1=zk1:2888:3888", List.of(at("zk1", 2181), at("zk1", 2182))))
                .isEmpty();
        assertThat(Voters.of("server.1=zk1:2888:3888|zk1b:2888:3888;2181", GIVEN))
                .isEmpty();
        assertThat(Voters.of("server.1=zk1:1:2;2181\nserver.2=zk1:3:4;2181", GIVEN))
                .isEmpty();
    }

    /** Docker's way of saying "me": every node would ask the server beside it instead. */
    @Test
    void voterThatCallsItselfAnything_leavesNobody() {
        assertThat(Voters.of(
                        "server.1=0.0.0.0:2888:3888:participant;0.0.0.0:2181\nserver.2=zk2:2888:3888:participant;2181",
                        GIVEN))
                .isEmpty();
        assertThat(Voters.of("server.1=[::]:2888:3888;2181\nserver.2=zk2:2888:3888;2181", GIVEN))
                .isEmpty();
    }

    @Test
    void serverByItself_isItsOnlyVoter() {
        assertThat(Voters.of("", List.of(at("zk1", 2181)))).contains(new Voters(List.of(at("zk1", 2181))));
        assertThat(Voters.of("", GIVEN)).isEmpty();
    }

    private static InetSocketAddress at(String host, int port) {
        return InetSocketAddress.createUnresolved(host, port);
    }
}
