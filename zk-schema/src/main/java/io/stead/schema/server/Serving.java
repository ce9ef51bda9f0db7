package io.stead.schema.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import javax.security.sasl.SaslException;
import org.apache.zookeeper.server.ServerConfig;
import org.apache.zookeeper.server.ZooKeeperServerMain;
import org.apache.zookeeper.server.admin.AdminServer.AdminServerException;
import org.apache.zookeeper.server.quorum.QuorumPeer;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** Runs a server until it is killed, and says so when it serves: a member of an ensemble each time that it does so anew. */
final class Serving {
    private final QuorumPeerConfig config;
    private final PrintStream said;

    Serving(QuorumPeerConfig config, PrintStream said) {
        this.config = config;
        this.said = said;
    }

    void run() throws IOException, AdminServerException {
        if (config.isDistributed()) {
            new Member().runFromConfig(config);
        } else {
            ServerConfig alone = new ServerConfig();
            alone.readFrom(config);
            new Alone().runFromConfig(alone);
        }
    }

    private final class Alone extends ZooKeeperServerMain {
        @Override
        protected void serverStarted() {
            say("standalone");
        }
    }

    private final class Member extends QuorumPeerMain {
        @Override
        protected QuorumPeer getQuorumPeer() throws SaslException {
            return new QuorumPeer() {
                @Override
                public void setZabState(ZabState state) {
                    super.setZabState(state);
                    if (state == ZabState.BROADCAST) {
                        say(getServerState());
                    }
                }
            };
        }
    }

    private void say(String mode) {
        said.println("stead zookeeper: serves " + address(config) + ", data in " + config.getDataDir() + ", " + mode);
    }

    /** Where clients come in: {@code 127.0.0.1:2181}. */
    static String address(QuorumPeerConfig config) {
        InetSocketAddress plain = config.getClientPortAddress();
        InetSocketAddress address = plain != null ? plain : config.getSecureClientPortAddress();
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
