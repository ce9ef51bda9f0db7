package io.stead.it.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.it.cluster.Cluster;
import io.stead.it.cluster.Ended;
import io.stead.it.cluster.Play;
import io.stead.it.cluster.RawZooKeeper;
import io.stead.it.cluster.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator gets wrong: one clear line, the right exit code, nothing changed; and the rest works on. */
final class BadInputIT {

    @RegisterExtension
    static final Cluster CLUSTER = Cluster.of("3s", "n1", "n2");

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int NOT_FOUND = 3;
    private static final int REFUSED = 4;
    private static final int UNREACHABLE = 5;

    @Test
    void specsThatAreWrong_areRefusedByFileAndLine_andNothingIsStored() {
        Play shop = CLUSTER.stage().idle("shop");
        CLUSTER.apply(shop);
        String before = export();

        refuses("kind: service\nname: x\nplacment: {}\n", USAGE, ":3", "placment", "placement");
        refuses("kind: service\nname: x\nplacement: [n1]\n", USAGE, ":3", "placement");
        refuses("kind: service\nname: x\ncritical: perhaps\n", USAGE, ":3", "perhaps");
        refuses("kind: service\nname: x\nplacement: {allow: [n1], deny: [n1]}\n", USAGE, ":3", "no node is left");
        refuses("kind: service\nname: a/b\n", USAGE, ":2", "a/b");
        refuses("kind: service\nname: \"a\\u0007b\"\n", USAGE, ":2", "a\\u0007b");
        refuses("kind: service\nname: x\nparent: %s\nplacement: {}\n".formatted(shop.name()), USAGE, ":4", "parent");
        refuses("kind: service\nname: x\nparent: nobody\n", REFUSED, ":3", "nobody");
        refuses("kind: service\nname: x\n---\nkind: service\nname: x\n", USAGE, ":5", "given twice");
        refuses(
                "kind: service\nname: x\nparent: y\n---\nkind: service\nname: y\nparent: x\n",
                REFUSED,
                ":3",
                "x -> y -> x");
        String large =
                "kind: service\nname: x\nactions: {start: {run: play, args: [\"%s\"]}}\n".formatted("x".repeat(70_000));
        CLUSTER.operator().stead("apply", "-f", CLUSTER.file(large).toString()).refused(REFUSED, "too large");

        assertThat(export()).isEqualTo(before);
        assertThat(CLUSTER.witness().awaitOnOne(shop)).isNotEmpty();
    }

    @Test
    void aPatternThatMatchesNothing_isWarnedOf() {
        Play shop = CLUSTER.stage().idle("shop").placed("allow: [n1, \"web*\"]");

        Ended applied = CLUSTER.operator()
                .stead("apply", "-f", CLUSTER.file(shop).toString())
                .done();

        assertThat(applied.stderr()).hasLineCount(1).contains("warning", "web*");
        CLUSTER.operator().stead("delete", "service", shop.name()).done();
    }

    @Test
    @Tag("C12")
    void actionFilesThatMayNotRun_failWithTheirPath_andRunWhenMended() throws IOException {
        for (String name : Set.of("inert", "open")) {
            Files.copy(CLUSTER.stage().action("play"), CLUSTER.stage().action(name));
        }
        CLUSTER.stage().permit("inert", "rw-r--r--");
        CLUSTER.stage().permit("open", "rwxr-xrwx");
        Play good = CLUSTER.stage().idle("good");
        Map<Play, String> bad = Map.of(
                CLUSTER.stage().idle("missing").startedBy("missing"), "is missing",
                CLUSTER.stage().idle("inert").startedBy("inert"), "chmod",
                CLUSTER.stage().idle("open").startedBy("open"), "writable");
        CLUSTER.applyOnly(bad.keySet().toArray(Play[]::new));
        CLUSTER.apply(good);

        CLUSTER.awaitShown(
                "three failures",
                status -> bad.forEach((play, word) -> assertThat(
                                status.service(play.name()).failures().values())
                        .isNotEmpty()
                        .allSatisfy(detail -> assertThat(detail)
                                .contains(CLUSTER.stage().action(play.start()).toString())
                                .containsIgnoringCase(word))));
        assertThat(CLUSTER.stage().calls())
                .filteredOn(c -> c.began("start"))
                .extracting(Stage.Call::service)
                .containsOnly(good.name());

        Files.copy(CLUSTER.stage().action("play"), CLUSTER.stage().action("missing"));
        for (Play play : bad.keySet()) {
            CLUSTER.stage().permit(play.start(), "rwxr-xr-x");
            CLUSTER.operator().stead("clear", play.name()).done();
        }
        bad.keySet().forEach(play -> CLUSTER.witness().awaitOnOne(play));
    }

    @Test
    @Tag("B21")
    void transfersToNodesThatAreUnknownDeniedOrDown_areRefused() {
        Play shop = CLUSTER.stage().web("shop").placed("deny: [n2]");
        Play depot = CLUSTER.stage().web("depot").placed("prefer: [n1]");
        CLUSTER.apply(shop, depot);
        String before = export();

        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n9").refused(NOT_FOUND, "n9");
        CLUSTER.operator().stead("transfer", shop.name(), "--to", "n2").refused(REFUSED, "n2");
        CLUSTER.agent("n2").kill();
        CLUSTER.awaitShown(
                "n2 down", s -> assertThat(s.node("n2").orElseThrow().up()).isFalse());
        CLUSTER.operator().stead("transfer", depot.name(), "--to", "n2").refused(REFUSED, "n2");

        assertThat(export()).isEqualTo(before);
        assertThat(CLUSTER.witness().where(shop)).containsExactly("n1");
        assertThat(CLUSTER.witness().where(depot)).containsExactly("n1");
    }

    @Test
    void aZooKeeperThatIsNotThere_orIsAnothers_isSaid() throws IOException {
        String servers = CLUSTER.servers().connect();
        CLUSTER.operator()
                .stead("status", "--zk", "127.0.0.1:1/stead", "--timeout", "2s")
                .refused(UNREACHABLE, "127.0.0.1:1");
        CLUSTER.operator()
                .stead("status", "--zk", servers + "/elsewhere")
                .refused(NOT_FOUND, "/elsewhere", "stead init");
        Path stranger = CLUSTER.copyOf(CLUSTER.operator().credentials().resolve("operator.credentials"), "stranger");
        Files.writeString(stranger, Files.readString(stranger).replaceAll("(?m)^password=.*", "password=guessed"));
        CLUSTER.operator().stead("status", "--credentials", stranger.toString()).refused(REFUSED, "credentials");
        CLUSTER.operator()
                .stead(
                        "apply",
                        "-f",
                        CLUSTER.file(CLUSTER.stage().idle("shop")).toString(),
                        "--credentials",
                        CLUSTER.operator()
                                .credentials()
                                .resolve("agent.credentials")
                                .toString())
                .refused(REFUSED, "credentials");
    }

    @Test
    void aStoreOfANewerVersion_isLeftAlone() {
        try (RawZooKeeper raw = CLUSTER.zooKeeper()) {
            raw.during("/schema", s -> s.replace("\"version\":1", "\"version\":2"), () -> {
                CLUSTER.operator().stead("status").refused(FAILED, "newer");
                CLUSTER.operator()
                        .stead(
                                "apply",
                                "-f",
                                CLUSTER.file(CLUSTER.stage().idle("x")).toString())
                        .refused(FAILED, "newer");
            });
        }
    }

    private static void refuses(String spec, int code, String... words) {
        Path file = CLUSTER.file(spec);
        Ended ended = CLUSTER.operator().stead("apply", "-f", file.toString());
        ended.refused(code, words);
        assertThat(ended.stderr()).contains(file.toString());
    }

    private static String export() {
        return CLUSTER.operator().stead("export").done().stdout();
    }
}
