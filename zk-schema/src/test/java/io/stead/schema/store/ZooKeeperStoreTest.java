package io.stead.schema.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.install.CredentialsFile;
import io.stead.schema.install.Installation;
import io.stead.schema.install.Installation.Made;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.spec.ConnectString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on real servers, with real credentials: each side does with its own ACLs what it is there for. */
class ZooKeeperStoreTest extends StoreContract {
    private static final AtomicInteger CHROOTS = new AtomicInteger();
    private static Ensemble ensemble;

    @TempDir
    private Path directory;

    private final IdentityHashMap<Client, Session> sessions = new IdentityHashMap<>();
    private Made.Installed installed;
    private ConnectString connect;

    @BeforeAll
    static void startServers() {
        // What is tested is what is answered: a long tick, so that no busy host makes a follower lose its leader.
        ensemble = Ensemble.start(3, Duration.ofSeconds(1));
    }

    @AfterAll
    static void stopServers() {
        ensemble.close();
    }

    @BeforeEach
    void install() throws Exception {
        connect = ConnectString.parse(ensemble.connect() + "/stead" + CHROOTS.incrementAndGet());
        Made made = Installation.init(connect, "test", directory, Duration.ofSeconds(20));
        assertThat(made).isInstanceOf(Made.Installed.class);
        installed = (Made.Installed) made;
    }

    @AfterEach
    void closeSessions() {
        sessions.values().forEach(Session::close);
    }

    @Override
    Client agent(String node) throws Exception {
        return client(CredentialsFile.read(installed.agentFile())
                .withOwn(CredentialsFile.own(directory.resolve(node + ".credentials"), node)));
    }

    @Override
    Client operator() throws Exception {
        return client(CredentialsFile.read(installed.operatorFile()));
    }

    @Override
    void end(Client client) {
        Optional.ofNullable(sessions.get(client)).orElseThrow().close();
    }

    private Client client(Credentials credentials) throws Exception {
        Session session = Session.open(
                new Session.Settings(connect.toString(), Duration.ofSeconds(20), credentials, Optional.empty()));
        assertThat(session.awaitEstablished(Duration.ofSeconds(20))).isInstanceOf(SessionState.Connected.class);
        Client client = new Client(session.znodes(), session.id());
        sessions.put(client, session);
        return client;
    }
}
