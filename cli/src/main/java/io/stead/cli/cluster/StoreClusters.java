package io.stead.cli.cluster;

import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.schema.install.CredentialsFile;
import io.stead.schema.install.Installation;
import io.stead.schema.install.Installation.Found;
import io.stead.schema.install.Installation.Made;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.spec.ConnectString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Clusters in ZooKeeper. */
public final class StoreClusters implements Clusters {
    private static final Duration SESSION = Duration.ofSeconds(10);

    /** Nothing has been asked yet, so that an unreachable ZooKeeper may be reported long before a verb's time is over. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    @Override
    public Cluster open(ConnectString zk, Optional<Path> credentials, String author, Duration within) {
        Duration patience = within.compareTo(LONGEST_CONNECT) < 0 ? within : LONGEST_CONNECT;
        Session.Settings settings = new Session.Settings(zk.toString(), SESSION, read(credentials), Optional.empty());
        Session session = Session.open(settings);
        try {
            if (!(session.awaitEstablished(patience) instanceof SessionState.Connected)) {
                throw unreachable(zk);
            }
            String name = name(Installation.find(session.znodes(), patience), zk);
            Sessions sessions = new Sessions(settings, session);
            return new StoreCluster(name, zk.toString(), author, sessions, sessions::close);
        } catch (InterruptedException e) {
            session.close();
            throw StoreCluster.interrupted(e);
        } catch (CommandFailed e) {
            session.close();
            throw e;
        }
    }

    private static Credentials read(Optional<Path> file) {
        try {
            return file.isPresent() ? CredentialsFile.read(file.get()) : Credentials.OPEN;
        } catch (IOException e) {
            // As with any file that was named: ZooKeeper has not been asked yet.
            throw new CommandFailed(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static String name(Found found, ConnectString zk) {
        return switch (found) {
            case Found.Ready ready -> ready.schema().clusterName();
            case Found.Nothing _ ->
                throw new CommandFailed(
                        ExitCode.NOT_FOUND,
                        "there is no cluster at " + zk + ": `stead init` makes one, or name another with --zk");
            case Found.Newer newer ->
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "the cluster at " + zk + " has layout " + newer.version()
                                + ", which is newer than this program: use the version that its agents have");
            case Found.Unreadable bad ->
                throw new CommandFailed(ExitCode.FAILED, "the cluster at " + zk + " can't be understood: " + bad.why());
            case Found.NotAllowed _ -> throw StoreCluster.notAllowed(zk.toString());
            case Found.Unreachable _ -> throw unreachable(zk);
        };
    }

    @Override
    public Installed install(ConnectString zk, String name, Path directory, Duration within) {
        try {
            return switch (Installation.init(zk, name, directory, within)) {
                case Made.Installed made ->
                    new Installed(made.schema().clusterName(), made.operatorFile(), made.agentFile());
                case Made.AlreadyThere there ->
                    throw new CommandFailed(
                            ExitCode.REFUSED,
                            there.path() + " exists already at " + zk.hosts() + ": this cluster was made before");
                case Made.Unreachable _ -> throw unreachable(zk);
                case Made.Refused refused -> throw new CommandFailed(ExitCode.REFUSED, refused.why());
            };
        } catch (InterruptedException e) {
            throw StoreCluster.interrupted(e);
        }
    }

    private static CommandFailed unreachable(ConnectString zk) {
        return new CommandFailed(
                ExitCode.UNREACHABLE,
                "ZooKeeper is not reachable at " + zk.hosts() + ": see that it runs, or name another with --zk");
    }
}
