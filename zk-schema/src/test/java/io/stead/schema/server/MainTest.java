package io.stead.schema.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stead.schema.ensemble.Guardian;
import io.stead.schema.ensemble.JavaProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private static final String ENSEMBLE = "server.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2\n";
    private static final String ENOUGH = "dataDir=%s/data\nclientPort=2181\n";

    @TempDir
    private Path directory;

    static Stream<Arguments> badConfigurations() {
        return Stream.of(
                Arguments.of("clientPort=2181\n", "dataDir is missing: name the directory for the server's data"),
                Arguments.of("dataDir=%s/data\n", "clientPort is missing: clients could not connect"),
                Arguments.of(ENOUGH + "tickTime=fast\n", ":3: tickTime=fast: write a whole number"),
                Arguments.of(ENOUGH + "clientPortAddress=no such host\n", "no such host"),
                Arguments.of(ENOUGH + "reconfigEnabled=perhaps\n", "reconfigEnabled"),
                Arguments.of(ENOUGH + "minSessionTimeout=5000\nmaxSessionTimeout=4000\n", "minSessionTimeout"),
                Arguments.of("dataDir=%s/data\nclientPort=99999\n", ":2: clientPort=99999: write a port, 1 to 65535"),
                Arguments.of("dataDir=%s/data\nclientPort=0\n", ":2: clientPort=0: write a port, 1 to 65535"),
                Arguments.of(ENOUGH + "myid=x\n", ":3: myid=x: write this server's number, 1 to 255"),
                Arguments.of(ENOUGH + "\n# us\nmyid: 0\n", ":5: myid=0: write this server's number, 1 to 255"),
                Arguments.of(ENOUGH + "myid=256\n", ":3: myid=256: write this server's number, 1 to 255"),
                Arguments.of(ENOUGH + ENSEMBLE, ": the myid file is missing, "),
                Arguments.of(ENOUGH + ENSEMBLE + "myid=9\n", ":6: myid=9, but no server.9 is listed in "),
                Arguments.of(
                        ENOUGH + "server.x=a:1:2\n",
                        ":3: server.x=a:1:2: write server.N, where N is that server's number, 1 to 255"),
                Arguments.of(
                        ENOUGH + "server.1=nonsense\n",
                        ":3: server.1=nonsense: write HOST:PORT:PORT, such as zk1:2888:3888"),
                Arguments.of(ENOUGH + "server.1=a:1:99999\n", ": a port is a number from 1 to 65535"),
                Arguments.of(
                        ENOUGH + "server.1=a:1:2:observr\n",
                        ": \"observr\" is not known: write participant or observer, or leave it out"),
                Arguments.of(
                        ENOUGH + "server.1=a:1:2;weight=3\n",
                        ": after the ; stands the clients' PORT or ADDRESS:PORT, such as 2181"),
                Arguments.of(ENOUGH + "name=\\u00zz\n", ": a backslash begins a character's number"),
                Arguments.of(ENOUGH + "\0\0\177ELF", ": it is no text of KEY=VALUE lines"),
                Arguments.of("dataDir=/dev/null/data\nclientPort=2181\n", "/dev/null"));
    }

    @ParameterizedTest
    @MethodSource("badConfigurations")
    void badConfiguration_isOneClearLine_andExitCode2(String text, String complaint) throws IOException {
        Path config = Files.writeString(directory.resolve("zoo.cfg"), text.replace("%s", directory.toString()));
        assertThat(complaintAbout("--config", config.toString()))
                .startsWith("stead zookeeper: " + config + ":")
                .contains(complaint);
        assertThat(directory.resolve("data/myid")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zk1:2888:3888",
                "[fd00::3]:2888:3888:participant;2183",
                "10.0.0.1:2888:3888:Observer;10.1.0.1:2181",
                "zk1:2888:3888|zk1b:2888:3888;[::1]:2181",
            })
    void server_asZooKeeperWritesIt_isBorne(String server) throws IOException {
        ServerFile file = ServerFile.without(
                "zoo.cfg", Map.of("dataDir", directory + "/data", "clientPort", "1", "myid", "1", "server.1", server));
        assertThat(ServerChecks.complaint(file)).isEmpty();
    }

    @Test
    void myidFileOfNoNumber_isNamed() throws IOException {
        Path id = Files.writeString(
                Files.createDirectories(directory.resolve("data")).resolve("myid"), "one\n");
        Path config = Files.writeString(directory.resolve("zoo.cfg"), ENOUGH.replace("%s", "" + directory) + ENSEMBLE);
        assertThat(complaintAbout("--config", config.toString()))
                .contains(": " + id + " says \"one\": write this server's number, 1 to 255");
    }

    @Test
    void whatIsNoFile_isSaidSo() throws IOException {
        assertThat(complaintAbout("--config", directory.toString()))
                .isEqualTo("stead zookeeper: " + directory + ": it is a directory: name a file");
        Path latin = Files.write(directory.resolve("zoo.cfg"), new byte[] {'#', ' ', (byte) 0xe4});
        assertThat(complaintAbout("--config", latin.toString())).contains(latin + ": it is no text of KEY=VALUE lines");
        assertThat(complaintAbout("--data-dir", latin.toString(), "--port", "1"))
                .contains("dataDir " + latin + " is no directory: name another");
    }

    @Test
    void missingFile_isSaidSo() {
        assertThat(complaintAbout("--config", "/no/such.cfg")).isEqualTo("stead zookeeper: /no/such.cfg: no such file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --config                | --config needs a value; usage: stead zookeeper
        ''                      | usage: stead zookeeper
        --data-dir d            | usage: stead zookeeper
        --data-dir d --port x   | --port x is not a number from 1 to 65535
        --data-dir d --port 0   | --port 0 is not a number from 1 to 65535
        --data-dir d --port 99999 | --port 99999 is not a number from 1 to 65535
        --config f --port 1     | usage: stead zookeeper
        start                   | unknown option start; usage: stead zookeeper
        """)
    void wrongArguments_areNamed(String line, String complaint) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
        assertThat(complaintAbout(args)).startsWith("stead zookeeper: " + complaint);
    }

    @Test
    void dataOfAnotherServer_isNotTaken() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/myid"), "2\n");
        Path config =
                Files.writeString(directory.resolve("zoo.cfg"), ENOUGH.replace("%s", "" + directory) + "myid=1\n");
        assertThat(complaintAbout("--config", config.toString())).contains("belongs to another server");
    }

    @Test
    void defaults_suitSessionsOfOneTo40Seconds() throws IOException {
        Path config = Files.writeString(directory.resolve("zoo.cfg"), ENOUGH.replace("%s", "" + directory));
        assertThat(ServerSettings.of(config)).isInstanceOfSatisfying(ServerSettings.Usable.class, u -> {
            QuorumPeerConfig used = u.config();
            assertThat(used.getTickTime()).isEqualTo(200);
            assertThat(used.getSyncLimit()).isEqualTo(2);
            assertThat(used.getInitLimit()).isEqualTo(25);
            assertThat(used.getMinSessionTimeout()).isEqualTo(400);
            assertThat(used.getMaxSessionTimeout()).isEqualTo(40_000);
            assertThat(used.getPurgeInterval()).isEqualTo(1);
            assertThat(QuorumPeerConfig.isReconfigEnabled()).isFalse();
            assertThat(used.isDistributed()).isFalse();
        });
    }

    @Test
    void whatIsWritten_goesBeforeTheDefaults() throws IOException {
        Path config = Files.writeString(
                directory.resolve("zoo.cfg"),
                ENOUGH.replace("%s", "" + directory) + "tickTime = 500 \nmaxSessionTimeout=9000\n");
        assertThat(ServerSettings.of(config)).isInstanceOfSatisfying(ServerSettings.Usable.class, u -> {
            assertThat(u.config().getTickTime()).isEqualTo(500);
            assertThat(u.config().getMinSessionTimeout()).isEqualTo(1000);
            assertThat(u.config().getMaxSessionTimeout()).isEqualTo(9000);
        });
    }

    @Test
    void standaloneServer_needsADirectoryAndAPort_andServesThisMachineOnly() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Guardian guardian = new Guardian(directory.resolve("data"))) {
            guardian.watch(new ProcessBuilder(JavaProcess.command(
                            Main.class.getName(),
                            "--data-dir",
                            directory.resolve("data").toString(),
                            "--port",
                            Integer.toString(port)))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("log").toFile())
                    .start());
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> ask(port, "srvr").contains("Mode: standalone"));
            assertThat(ask(port, "conf")).contains("tickTime=200");
            String serves = "stead zookeeper: serves 127.0.0.1:%d, data in %s, standalone"
                    .formatted(port, directory.resolve("data"));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Files.readAllLines(directory.resolve("log")))
                            .contains(serves));
            assertThatThrownBy(() -> new Socket("127.0.0.2", port).close()).isInstanceOf(ConnectException.class);
            assertThat(ask(port, "mntr")).contains("not in the whitelist");
        }
    }

    @Test
    void takenPort_isOneClearLine_andExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = new ProcessBuilder(JavaProcess.command(
                            Main.class.getName(),
                            "--data-dir",
                            directory.resolve("data").toString(),
                            "--port",
                            Integer.toString(taken.getLocalPort())))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(said.lines().filter(l -> l.startsWith("stead zookeeper: ")))
                    .singleElement()
                    .asString()
                    .startsWith("stead zookeeper: 127.0.0.1:" + taken.getLocalPort() + " is taken: ");
        }
    }

    /** A server locks it as a process; a file that this test holds stands for another one. */
    @Test
    void dataDirectoryOfAnotherServer_isRefused_andExitCode4() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        try (FileChannel other =
                FileChannel.open(data.resolve("stead.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();
            Process process = new ProcessBuilder(
                            JavaProcess.command(Main.class.getName(), "--data-dir", data.toString(), "--port", "1"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(4);
            assertThat(said).contains("stead zookeeper: another server has the data directory " + data);
        }
    }

    private static String complaintAbout(String... args) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code = Main.run(args, new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        return said.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static String ask(int port, String word) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
