package io.stead.schema.install;

import io.stead.model.Epoch;
import io.stead.model.member.Membership;
import io.stead.schema.codec.Codec;
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
            Made made = make(session.znodes(), connect.chroot(), schema, patience)
                    .orElse(new Made.Installed(schema, operatorFile, agentFile));
            if (!(made instanceof Made.Installed)) {
                Files.deleteIfExists(operatorFile);
                Files.deleteIfExists(agentFile);
            }
            return made;
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

    private static Found understand(Znode znode) {
        return switch (Codecs.SCHEMA.decode(znode.path(), znode.text().getBytes(StandardCharsets.UTF_8))) {
            case Decoded.Parsed<Schema> parsed
            when parsed.value().version() > Layout.SCHEMA_VERSION ->
                new Found.Newer(parsed.value().version());
            case Decoded.Parsed<Schema> parsed -> new Found.Ready(parsed.value());
            case Decoded.Unreadable<Schema> bad -> new Found.Unreadable(bad.why());
        };
    }

    /** Empty when it is done. */
    private static Optional<Made> make(Znodes znodes, String chroot, Schema schema, Duration patience)
            throws InterruptedException {
        List<Write> writes = new ArrayList<>();
        for (String path = chroot; !path.isEmpty() && !path.equals("/"); path = Layout.parent(path)) {
            Optional<Read<Znode>> read = await(znodes.read(path), patience);
            if (read.isEmpty() || read.get() instanceof Read.Absent<Znode>) {
                writes.addFirst(create(path, "", Access.FRAME));
            }
        }
        writes.addAll(frame(chroot, schema));
        Optional<WriteOutcome> outcome = await(znodes.write(writes), patience);
        if (outcome.isEmpty()) {
            return Optional.of(
                    new Made.Refused("ZooKeeper did not answer in time: look whether it was done, then try again"));
        }
        return switch (outcome.get()) {
            case WriteOutcome.Committed _ -> Optional.empty();
            case WriteOutcome.Refused refused
            when refused.cause() == WriteOutcome.Cause.NODE_EXISTS ->
                Optional.of(new Made.AlreadyThere(refused.path()));
            case WriteOutcome.Refused refused -> Optional.of(new Made.Refused(refused.path() + ": " + refused.cause()));
            case WriteOutcome.TooLarge large -> Optional.of(new Made.Refused(large.toString()));
            case WriteOutcome.Unknown unknown ->
                Optional.of(new Made.Refused("the outcome is not known (" + unknown.why() + "): look, then try again"));
            case WriteOutcome.SessionGone _ -> Optional.of(new Made.Refused("the session was lost: try again"));
        };
    }

    private static List<Write> frame(String chroot, Schema schema) {
        List<Write> writes = new ArrayList<>();
        writes.add(create(chroot + Layout.SCHEMA, text(Codecs.SCHEMA, schema), Access.FRAME));
        writes.add(create(chroot + Layout.SPECS, "", Access.SPECS));
        Layout.SPEC_KINDS.forEach(kind -> writes.add(create(chroot + Layout.SPECS + "/" + kind, "", Access.SPECS)));
        writes.add(create(chroot + Layout.REQUESTS, "", Access.REQUESTS));
        writes.add(create(chroot + Layout.HOLDINGS, "", Access.FRAME));
        writes.add(create(chroot + Layout.ASSIGNMENTS, "", Access.FRAME));
        for (String path : List.of(Layout.ANSWERS, Layout.HISTORY, Layout.LEADER)) {
            writes.add(create(chroot + path, "", Access.ANSWERS));
        }
        for (String path : List.of(
                Layout.MEMBERS,
                Layout.STATUS,
                Layout.LEASES,
                Layout.SERVICE_HOLDINGS,
                Layout.REPORTS,
                Layout.ACKS,
                Layout.OVERRIDES,
                Layout.SERVICE_ASSIGNMENTS,
                Layout.ADDRESS_ASSIGNMENTS,
                Layout.DNS)) {
            writes.add(create(chroot + path, "", Access.SHARED));
        }
        writes.add(create(chroot + Layout.TRANSITIONS, text(Codecs.MEMBERSHIP, Membership.EMPTY), Access.LEADER));
        writes.add(create(chroot + Layout.EPOCH, text(Codecs.EPOCH, Epoch.NONE), Access.LEADER));
        return writes;
    }

    private static Write create(String path, String text, Access access) {
        return new Write.Create(path, text, Write.Mode.PERSISTENT, access);
    }

    private static <T> String text(Codec<T> codec, T value) {
        return new String(codec.encode(value), StandardCharsets.UTF_8);
    }

    private static <T> Optional<T> await(java.util.concurrent.CompletableFuture<T> future, Duration patience)
            throws InterruptedException {
        try {
            return Optional.of(future.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a read or write of znodes never fails but by its outcome", e);
        }
    }
}
