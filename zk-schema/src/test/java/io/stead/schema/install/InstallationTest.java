package io.stead.schema.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.schema.codec.Codecs;
import io.stead.schema.codec.Schema;
import io.stead.schema.ensemble.Ensemble;
import io.stead.schema.install.Installation.Found;
import io.stead.schema.install.Installation.Made;
import io.stead.schema.layout.Layout;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.Secret;
import io.stead.schema.session.Session;
import io.stead.schema.spec.ConnectString;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.WriteOutcome.Cause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installing, finding, and who may do what afterwards, with real digests on a real server. */
class InstallationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger CHROOTS = new AtomicInteger();
    private static final NodeId N1 = new NodeId("n1");
    private static final ServiceName DB = new ServiceName("db");
    private static Ensemble ensemble;

    @TempDir
    private Path directory;

    private final List<Session> opened = new ArrayList<>();
    private ConnectString connect;
    private Made.Installed installed;

    @BeforeAll
    static void startServer() {
        ensemble = Ensemble.start(1);
    }

    @AfterAll
    static void stopServer() {
        ensemble.close();
    }

    @BeforeEach
    void install() throws Exception {
        connect = ConnectString.parse(ensemble.connect() + "/clusters/stead" + CHROOTS.incrementAndGet());
        // The first one makes /clusters for itself alone; these share it.
        Session anybody = open(ensemble.connect(), Credentials.OPEN);
        var _ = get(anybody.znodes()
                .write(List.of(new Write.Create("/clusters", "", Write.Mode.PERSISTENT, Access.SHARED))));
        Made made = Installation.init(connect, "test", directory.resolve("credentials"), PATIENCE);
        assertThat(made).isInstanceOf(Made.Installed.class);
        installed = (Made.Installed) made;
    }

    @AfterEach
    void closeSessions() {
        opened.forEach(Session::close);
    }

    @Test
    void installedCluster_isFound_byBothRoles() throws Exception {
        assertThat(find(operator())).isEqualTo(new Found.Ready(installed.schema()));
        assertThat(find(agent("n1"))).isEqualTo(new Found.Ready(installed.schema()));
        assertThat(installed.schema().version()).isEqualTo(Layout.SCHEMA_VERSION);
    }

    @Test
    void credentials_areForTheirOwnerOnly_andRefusedOtherwise() throws Exception {
        for (Path file : List.of(installed.operatorFile(), installed.agentFile())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            assertThatThrownBy(() -> CredentialsFile.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("chmod 600 " + file);
        }
    }

    @Test
    void secondInstallation_atTheSamePlace_isRefused_andLeavesNoCredentials() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        Made made = Installation.init(connect, "test", elsewhere, PATIENCE);
        assertThat(made).isInstanceOf(Made.AlreadyThere.class);
        assertThat(elsewhere.resolve("operator.credentials")).doesNotExist();
        assertThat(elsewhere.resolve("agent.credentials")).doesNotExist();
    }

    @Test
    void existingCredentials_areNeverOverwritten() throws Exception {
        String before = Files.readString(installed.operatorFile());
        Made made = Installation.init(
                ConnectString.parse(ensemble.connect() + "/another"),
                "test",
                directory.resolve("credentials"),
                PATIENCE);
        assertThat(made).isInstanceOf(Made.Refused.class);
        assertThat(Files.readString(installed.operatorFile())).isEqualTo(before);
    }

    @Test
    void wrongChroot_isNothing() throws Exception {
        Session session = open(ensemble.connect() + "/clusters/none", CredentialsFile.read(installed.operatorFile()));
        assertThat(find(session)).isEqualTo(new Found.Nothing());
    }

    @Test
    void wrongOrNoCredentials_areNotAllowed() throws Exception {
        assertThat(find(open(connect.toString(), Credentials.OPEN))).isEqualTo(new Found.NotAllowed());
        Credentials wrong = new Credentials(List.of(Secret.random("stead-operator")), Optional.empty());
        assertThat(find(open(connect.toString(), wrong))).isEqualTo(new Found.NotAllowed());
    }

    @Test
    void newerSchema_isRefused() throws Exception {
        Session session = open(ensemble.connect(), Credentials.OPEN);
        String path = connect.chroot() + "-newer";
        Schema newer = new Schema(Layout.SCHEMA_VERSION + 1, "id", "test");
        committed(session, new Write.Create(path, "", Write.Mode.PERSISTENT, Access.FRAME));
        committed(
                session,
                new Write.Create(
                        path + Layout.SCHEMA,
                        new String(Codecs.SCHEMA.encode(newer), StandardCharsets.UTF_8),
                        Write.Mode.PERSISTENT,
                        Access.FRAME));
        assertThat(find(open(ensemble.connect() + path, Credentials.OPEN)))
                .isEqualTo(new Found.Newer(Layout.SCHEMA_VERSION + 1));
    }

    @Test
    void serverThatIsNotThere_isUnreachable() throws Exception {
        ConnectString nowhere = ConnectString.parse("127.0.0.1:1/stead");
        Made made = Installation.init(nowhere, "test", directory.resolve("nowhere"), Duration.ofMillis(500));
        assertThat(made).isInstanceOf(Made.Unreachable.class);
        assertThat(directory.resolve("nowhere")).doesNotExist();
    }

    @Test
    void strangers_mayDoNothing() throws Exception {
        Session stranger = open(connect.toString(), Credentials.OPEN);
        for (String path : List.of(Layout.SCHEMA, Layout.SPECS, Layout.MEMBERS, Layout.EPOCH, Layout.LEADER)) {
            assertThat(get(stranger.znodes().read(path))).isEqualTo(new Read.NotAllowed<>(path));
            assertThat(cause(stranger, create(path + "/x", Access.LEADER))).isEqualTo(Cause.NO_AUTH);
            assertThat(cause(stranger, new Write.Set(path, "", Write.ANY_VERSION)))
                    .isEqualTo(Cause.NO_AUTH);
        }
    }

    @Test
    void ownZnode_isWrittenByItsNodeAlone_andDeletedByNobody() throws Exception {
        Session mine = agent("n1");
        Session other = agent("n2");
        committed(mine, ephemeral(Layout.member(N1)));
        committed(mine, ephemeral(Layout.lease(N1)));

        for (String path : List.of(Layout.member(N1), Layout.lease(N1))) {
            assertThat(get(other.znodes().read(path))).isInstanceOf(Read.Found.class);
            assertThat(cause(other, new Write.Set(path, "forged", 0))).isEqualTo(Cause.NO_AUTH);
            committed(mine, new Write.Set(path, "mine", 0));
            for (Session each : List.of(mine, other, operator())) {
                assertThat(cause(each, new Write.Delete(path, Write.ANY_VERSION)))
                        .isEqualTo(Cause.NO_AUTH);
            }
        }
    }

    @Test
    void holding_isWrittenByItsNodeAlone_underAParentThatTheLeaderMade() throws Exception {
        Session leader = agent("n1");
        Session holder = agent("n2");
        committed(leader, create(Layout.assignment(DB), Access.LEADER), create(Layout.holdings(DB), Access.SHARED));
        String holding = Layout.holding(DB, new NodeId("n2"));
        committed(holder, ephemeral(holding));

        assertThat(cause(leader, new Write.Set(holding, "forged", 0))).isEqualTo(Cause.NO_AUTH);
        assertThat(cause(leader, new Write.Delete(holding, 0))).isEqualTo(Cause.NO_AUTH);
        assertThat(cause(leader, new Write.Delete(Layout.holdings(DB), 0)))
                .as("its parent permits no deletion either")
                .isEqualTo(Cause.NO_AUTH);
    }

    @Test
    @Tag("A22")
    void anyAgent_mayWriteWhatLeadersWrite_andNoneMayDeleteIt() throws Exception {
        Session first = agent("n1");
        Session second = agent("n2");
        committed(first, create(Layout.assignment(DB), Access.LEADER), new Write.Set(Layout.EPOCH, "e", 0));
        committed(second, new Write.Set(Layout.assignment(DB), "next", 0), new Write.Set(Layout.TRANSITIONS, "t", 0));

        assertThat(cause(second, new Write.Delete(Layout.assignment(DB), Write.ANY_VERSION)))
                .isEqualTo(Cause.NO_AUTH);
        assertThat(cause(operator(), new Write.Set(Layout.assignment(DB), "forged", 1)))
                .isEqualTo(Cause.NO_AUTH);
    }

    @Test
    @Tag("C12")
    void specs_areWrittenByOperatorsAlone() throws Exception {
        Session operator = operator();
        committed(operator, create(Layout.spec(DB), Access.SPEC), new Write.Set(Layout.SPECS, "who", 0));
        Session agent = agent("n1");
        assertThat(get(agent.znodes().read(Layout.spec(DB)))).isInstanceOf(Read.Found.class);
        assertThat(cause(agent, new Write.Set(Layout.spec(DB), "forged", 0))).isEqualTo(Cause.NO_AUTH);
        assertThat(cause(agent, create(Layout.spec(new ServiceName("x")), Access.SPEC)))
                .isEqualTo(Cause.NO_AUTH);
        assertThat(cause(agent, new Write.Delete(Layout.spec(DB), 0))).isEqualTo(Cause.NO_AUTH);
        committed(operator, new Write.Delete(Layout.spec(DB), 0));
    }

    @Test
    void requests_areMadeByOperators_andTakenAwayByTheLeader_withAnAnswer() throws Exception {
        Session operator = operator();
        Session leader = agent("n1");
        committed(operator, create(Layout.request("r1"), Access.REQUEST));
        assertThat(cause(leader, create(Layout.request("r2"), Access.REQUEST))).isEqualTo(Cause.NO_AUTH);
        committed(
                leader,
                create(Layout.answer("r1"), Access.LEADER),
                new Write.Delete(Layout.request("r1"), Write.ANY_VERSION));
        assertThat(get(operator.znodes().read(Layout.answer("r1")))).isInstanceOf(Read.Found.class);
        committed(leader, new Write.Delete(Layout.answer("r1"), Write.ANY_VERSION));
    }

    @Test
    void operator_mayWithdrawItsOwnRequest() throws Exception {
        Session operator = operator();
        committed(operator, create(Layout.request("r1"), Access.REQUEST));
        committed(operator, new Write.Delete(Layout.request("r1"), Write.ANY_VERSION));
    }

    private Session operator() throws Exception {
        return open(connect.toString(), CredentialsFile.read(installed.operatorFile()));
    }

    private Session agent(String node) throws Exception {
        Secret own = CredentialsFile.own(directory.resolve(node + ".credentials"), node);
        return open(
                connect.toString(), CredentialsFile.read(installed.agentFile()).withOwn(own));
    }

    private Session open(String where, Credentials credentials) throws Exception {
        Session session =
                Session.open(new Session.Settings(where, Duration.ofSeconds(4), credentials, Optional.empty()));
        opened.add(session);
        session.awaitEstablished(PATIENCE);
        return session;
    }

    private static Found find(Session session) throws InterruptedException {
        return Installation.find(session.znodes(), PATIENCE);
    }

    private static Write create(String path, Access access) {
        return new Write.Create(path, "", Write.Mode.PERSISTENT, access);
    }

    private static Write ephemeral(String path) {
        return new Write.Create(path, "", Write.Mode.EPHEMERAL, Access.OWN);
    }

    private static void committed(Session session, Write... writes) throws Exception {
        assertThat(get(session.znodes().write(List.of(writes)))).isInstanceOf(WriteOutcome.Committed.class);
    }

    private static Cause cause(Session session, Write write) throws Exception {
        WriteOutcome outcome = get(session.znodes().write(List.of(write)));
        assertThat(outcome).isInstanceOf(WriteOutcome.Refused.class);
        return ((WriteOutcome.Refused) outcome).cause();
    }

    private static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }
}
