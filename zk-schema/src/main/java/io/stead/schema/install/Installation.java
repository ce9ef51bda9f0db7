package io.stead.schema.install;

import io.stead.schema.codec.Codecs;
import io.stead.schema.codec.Decoded;
import io.stead.schema.codec.Schema;
import io.stead.schema.layout.Layout;
import io.stead.schema.session.Credentials;
import io.stead.schema.session.Secret;
import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.spec.ConnectString;
import io.stead.schema.znode.Access;
import io.stead.schema.znode.Read;
import io.stead.schema.znode.Write;
import io.stead.schema.znode.WriteOutcome;
import io.stead.schema.znode.Znode;
import io.stead.schema.znode.Znodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes a cluster, and tells whether there is one. */
public final class Installation {
    private static final Duration SESSION = Duration.ofSeconds(10);

    private Installation() {}

    /** What became of an installation. */
    public sealed interface Made {
        /** The credentials lie in these files, mode 0600. */
        record Installed(Schema schema, Path operatorFile, Path agentFile) implements Made {}

        record AlreadyThere(String path) implements Made {}

        record Unreachable(String servers) implements Made {}

        record Refused(String why) implements Made {}
    }

    /** What stands where a cluster is looked for. */
    public sealed interface Found {
        record Ready(Schema schema) implements Found {}

        /** Nothing: it was never installed, or the path is wrong. */
        record Nothing() implements Found {}

        record Newer(int version) implements Found {}

        record Unreadable(String why) implements Found {}

        record NotAllowed() implements Found {}

        record Unreachable() implements Found {}
    }

    /**
     * Makes chroot and znodes in one transaction, open to the roles only, and writes one credentials file for each role.
     *
     * @param directory where {@code operator.credentials} and {@code agent.credentials} are written; they must not exist
     */
    public static Made init(ConnectString connect, String clusterName, Path directory, Duration patience)
            throws InterruptedException {
        Path operatorFile = directory.resolve("operator.credentials");
        Path agentFile = directory.resolve("agent.credentials");
        for (Path file : List.of(operatorFile, agentFile)) {
            if (Files.exists(file)) {
                return new Made.Refused(
                        file + " exists already: name another directory with --credentials-dir, or move it away");
            }
        }
        Secret operator = Secret.random("stead-operator");
        Secret agent = Secret.random("stead-agent");
        Credentials.Grants grants = new Credentials.Grants(operator.id(), agent.id(), Optional.empty());
        Credentials credentials = new Credentials(List.of(operator), Optional.of(grants));
        Schema schema = new Schema(Layout.SCHEMA_VERSION, UUID.randomUUID().toString(), clusterName);
        try (Session session =
                Session.open(new Session.Settings(connect.hosts(), SESSION, credentials, Optional.empty()))) {
            if (!(session.awaitEstablished(patience) instanceof SessionState.Connected)) {
                return new Made.Unreachable(connect.hosts());
            }
            CredentialsFile.write(operatorFile, operator, grants);
            CredentialsFile.write(agentFile, agent, grants);
            return switch (make(session.znodes(), connect.chroot(), schema, patience)) {
                case Making.Done _ -> new Made.Installed(schema, operatorFile, agentFile);
                case Making.Not not -> {
                    Files.delete(operatorFile);
                    Files.delete(agentFile);
                    yield not.made();
                }
                // If it was made after all, nobody could ever use it without these files.
                case Making.Unknown unknown ->
                    new Made.Refused("whether the cluster was made is not known (" + unknown.why()
                            + "); its credentials are kept in " + directory
                            + ": try `stead status` with them; if there is no cluster, remove them and try again");
            };
        } catch (IOException e) {
            return new Made.Refused("the credentials can't be written: " + e);
        }
    }

    /** Looks for a cluster over a session within its chroot. */
    public static Found find(Znodes znodes, Duration patience) throws InterruptedException {
        Optional<Read<Znode>> read = await(znodes.read(Layout.SCHEMA), patience);
        if (read.isEmpty()) {
            return new Found.Unreachable();
        }
        return switch (read.get()) {
            case Read.Found<Znode> found -> understand(found.value());
            case Read.Absent<Znode> _ -> new Found.Nothing();
            case Read.NotAllowed<Znode> _ -> new Found.NotAllowed();
            case Read.Failed<Znode> _ -> new Found.Unreachable();
        };
    }

    /**
     * Whether the session may do what agents do: operators may read all of it. Something is made and taken away in one
     * transaction, so that nobody sees it. Silence is no answer, and taken for a yes.
     */
    public static boolean mayLead(Znodes znodes, Duration patience) throws InterruptedException {
        String trial = Layout.answer("trial-" + UUID.randomUUID());
        List<Write> writes = List.of(
                new Write.Create(trial, "", Write.Mode.PERSISTENT, Access.LEADER),
                new Write.Delete(trial, Write.ANY_VERSION));
        return await(znodes.write(writes), patience)
                .filter(o -> o instanceof WriteOutcome.Refused refused && refused.cause() == WriteOutcome.Cause.NO_AUTH)
                .isEmpty();
    }

    private static Found understand(Znode znode) {
        return switch (Codecs.SCHEMA.decode(znode.path(), znode.text().getBytes(StandardCharsets.UTF_8))) {
            case Decoded.Parsed<Schema> parsed
            when parsed.value().version() > Layout.SCHEMA_VERSION ->
                new Found.Newer(parsed.value().version());
            case Decoded.Parsed<Schema> parsed -> new Found.Ready(parsed.value());
            case Decoded.Unreadable<Schema> bad -> new Found.Unreadable(bad.why());
        };
    }

    private sealed interface Making {
        record Done() implements Making {}

        /** It was not made, and will not be. */
        record Not(Made made) implements Making {}

        record Unknown(String why) implements Making {}
    }

    private static Making make(Znodes znodes, String chroot, Schema schema, Duration patience)
            throws InterruptedException {
        String path = chroot + Layout.SCHEMA;
        Optional<Read<Znode>> there = await(znodes.read(path), patience);
        // Another installation's is there, but not for us to read.
        if (there.isPresent() && (there.get() instanceof Read.Found || there.get() instanceof Read.NotAllowed)) {
            return new Making.Not(new Made.AlreadyThere(path));
        }
        Optional<WriteOutcome> outcome = await(znodes.write(writes(znodes, chroot, schema, patience)), patience);
        if (outcome.isEmpty()) {
            return new Making.Unknown("ZooKeeper did not answer in time");
        }
        return switch (outcome.get()) {
            case WriteOutcome.Committed _ -> new Making.Done();
            case WriteOutcome.Refused refused
            when refused.cause() == WriteOutcome.Cause.NODE_EXISTS ->
                new Making.Not(new Made.AlreadyThere(refused.path()));
            case WriteOutcome.Refused refused ->
                new Making.Not(new Made.Refused(refused.path() + ": " + refused.cause()));
            case WriteOutcome.TooLarge large -> new Making.Not(new Made.Refused(large.toString()));
            case WriteOutcome.Unknown unknown -> new Making.Unknown(unknown.why());
            case WriteOutcome.SessionGone _ -> new Making.Unknown("the session was lost");
        };
    }

    private static List<Write> writes(Znodes znodes, String chroot, Schema schema, Duration patience)
            throws InterruptedException {
        List<Write> writes = new ArrayList<>();
        for (String path = chroot; !path.isEmpty() && !path.equals("/"); path = Layout.parent(path)) {
            Optional<Read<Znode>> read = await(znodes.read(path), patience);
            if (read.isEmpty() || read.get() instanceof Read.Absent<Znode>) {
                writes.addFirst(Frame.parent(path));
            }
        }
        writes.addAll(Frame.of(chroot, schema));
        return writes;
    }

    private static <T> Optional<T> await(CompletableFuture<T> future, Duration patience) throws InterruptedException {
        try {
            return Optional.of(future.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a read or write of znodes never fails but by its outcome", e);
        }
    }
}
