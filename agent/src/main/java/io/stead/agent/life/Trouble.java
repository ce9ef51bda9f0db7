package io.stead.agent.life;

import io.stead.agent.config.AgentConfig.Zookeeper;
import io.stead.schema.install.Installation.Found;
import io.stead.schema.spec.ConnectString;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Why the agent can't go on.
 *
 * @param line what is wrong and what to do
 */
public record Trouble(ExitCode code, String line) {
    /** What an agent's end means to whoever started it (design.md §7). */
    public enum ExitCode {
        DONE(0),
        FAILED(1),
        USAGE(2),
        NOT_FOUND(3),
        REFUSED(4),
        /** Not by an orderly stop: the deciding thread is stuck, and the lease is over. */
        STUCK(70);

        private final int number;

        ExitCode(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** What was shown to ZooKeeper was not enough: which file that was, and where its name comes from. */
    public static Trouble notAllowed(Zookeeper to) {
        String with = to.credentials().namedBy().isEmpty()
                        && !Files.exists(to.credentials().file())
                ? "out credentials"
                : " " + to.credentials().shown();
        return new Trouble(
                ExitCode.REFUSED,
                "ZooKeeper at " + to.connect() + " does not let us in with" + with
                        + ": name the agents' credentials that"
                        + " `stead init` wrote (--credentials, else STEAD_CREDENTIALS, else zookeeper.credentials)");
    }

    /** What is wrong with the cluster that was found, if anything; that it can't be reached now is no trouble yet. */
    public static Optional<Trouble> with(Found found, Zookeeper to) {
        ConnectString zk = to.connect();
        return switch (found) {
            case Found.Ready _, Found.Unreachable _ -> Optional.empty();
            case Found.Nothing _ ->
                Optional.of(new Trouble(
                        ExitCode.NOT_FOUND,
                        "there is no cluster at " + zk + ": `stead init` makes one, or name another with --zk"));
            case Found.Newer newer ->
                Optional.of(new Trouble(
                        ExitCode.FAILED,
                        "the cluster at " + zk + " has layout " + newer.version()
                                + ", which is newer than this agent: use the version that the other agents have"));
            case Found.Unreadable bad ->
                Optional.of(
                        new Trouble(ExitCode.FAILED, "the cluster at " + zk + " can't be understood: " + bad.why()));
            case Found.NotAllowed _ -> Optional.of(notAllowed(to));
        };
    }
}
