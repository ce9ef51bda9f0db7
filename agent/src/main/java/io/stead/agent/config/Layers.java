package io.stead.agent.config;

import io.stead.agent.config.AgentConfig.Credentials;
import io.stead.agent.config.AgentConfig.Zookeeper;
import io.stead.model.NodeId;
import io.stead.model.Text;
import io.stead.schema.spec.ConnectString;
import io.stead.schema.yaml.Problem;
import io.stead.schema.yaml.Problems;
import io.stead.schema.yaml.YamlText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lays flags over environment over file over defaults. */
final class Layers {
    private static final Duration SESSION = Duration.ofSeconds(2);
    private static final int BYTES_A_CHARACTER = 4;

    private Layers() {}

    static Parsed resolve(List<String> args, Surroundings around) {
        try {
            Flags flags = Flags.read(args);
            if (flags.help()) {
                return new Parsed.Help(Flag.usage());
            }
            if (flags.config().isEmpty()) {
                return resolve(flags, ConfigFile.EMPTY, around);
            }
            Problems problems = new Problems(flags.config().get().toString());
            ConfigFile file = ConfigFile.read(text(flags.config().get()), problems);
            if (!problems.isEmpty()) {
                return new Parsed.Refused(
                        problems.list().stream().map(Problem::toString).toList());
            }
            return resolve(flags, file, around);
        } catch (IllegalArgumentException e) {
            return new Parsed.Refused(List.of(Text.escaped(String.valueOf(e.getMessage()))));
        }
    }

    private static Given environment(Surroundings around) {
        Given none = Given.NOTHING;
        return new Given(
                around.variable("STEAD_ZK").map(text -> Flags.named("STEAD_ZK", text, ConnectString::parse)),
                none.session(),
                around.variable("STEAD_CREDENTIALS")
                        .map(text -> Flags.named(
                                "STEAD_CREDENTIALS", text, file -> Credentials.of(file, "STEAD_CREDENTIALS"))),
                none.node(),
                none.dataDir(),
                none.actionsDir(),
                none.http(),
                none.leaveOnStop());
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > (long) YamlText.LONGEST * BYTES_A_CHARACTER) {
                throw new IllegalArgumentException(Flag.CONFIG + ": " + file + " is too long: use at most 1 MiB");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(Flag.CONFIG + ": there is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(Flag.CONFIG + ": " + file + " is not in UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(Flag.CONFIG + ": can't read " + file + ": " + e, e);
        }
    }

    private static Parsed resolve(Flags flags, ConfigFile file, Surroundings around) {
        Given given = flags.given().or(environment(around)).or(file.given());
        Optional<NodeId> node = given.node();
        if (node.isEmpty()) {
            return new Parsed.Refused(
                    List.of("this node has no name: give --node ID, or node: ID in the file of --config"));
        }
        Credentials credentials = given.credentials()
                .orElseGet(() ->
                        new Credentials(around.configHome().resolve("stead/agent.credentials"), Optional.empty()));
        Path state = around.root()
                ? Path.of("/var/lib/stead")
                : around.stateHome().resolve("stead").resolve(node.get().value());
        return new Parsed.Ready(
                new AgentConfig(
                        new Zookeeper(
                                given.connect().orElse(ConnectString.LOCAL),
                                given.session().orElse(SESSION),
                                file.tick(),
                                file.outage(),
                                credentials),
                        node.get(),
                        given.dataDir().orElse(state),
                        given.actionsDir().orElse(Path.of("/etc/stead/actions.d")),
                        file.addresses(),
                        given.http(),
                        file.control(),
                        file.allow(),
                        file.attributes(),
                        given.leaveOnStop().orElse(false)),
                flags.replace());
    }
}
