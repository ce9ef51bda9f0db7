package io.stead.agent.life;

import io.stead.schema.install.Installation.Found;
import io.stead.schema.spec.ConnectString;
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

    public static Trouble notAllowed(ConnectString zk) {
        return new Trouble(
                ExitCode.REFUSED,
                "ZooKeeper at " + zk + " does not let us in: name the agents' credentials that `stead init` wrote"
                        + " (--credentials FILE or STEAD_CREDENTIALS)");
    }

    /** What is wrong with the cluster that was found, if anything; that it can't be reached now is no trouble yet. */
    public static Optional<Trouble> with(Found found, ConnectString zk) {
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
            case Found.NotAllowed _ -> Optional.of(notAllowed(zk));
        };
    }
}
