package io.stead.schema.install;

import io.stead.schema.session.Credentials;
import io.stead.schema.session.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * A role's credentials on disk, mode 0600: {@code user} and {@code password} of the role, and the digest ids of all roles,
 * which go into the ACLs of what is made. Errors are {@link IOException}s whose message is one line with the mend.
 */
public final class CredentialsFile {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private CredentialsFile() {}

    public static Credentials read(Path file) throws IOException {
        Properties properties = load(file);
        Secret secret = new Secret(value(properties, "user", file), value(properties, "password", file));
        Credentials.Grants grants = new Credentials.Grants(
                value(properties, "operators", file), value(properties, "agents", file), Optional.empty());
        return new Credentials(List.of(secret), Optional.of(grants));
    }

    /** The secret that this agent alone has, made at its first start. */
    public static Secret own(Path file, String user) throws IOException {
        if (Files.exists(file)) {
            Properties properties = load(file);
            return new Secret(value(properties, "user", file), value(properties, "password", file));
        }
        Secret own = Secret.random(user);
        write(file, "user=" + own.user() + "\npassword=" + own.password() + "\n");
        return own;
    }

    /** Writes a file that does not exist yet. */
    static void write(Path file, Secret secret, Credentials.Grants grants) throws IOException {
        write(file, """
            # Credentials of Stead. Whoever reads this file can act in this role.
            user=%s
            password=%s
            operators=%s
            agents=%s
            """.formatted(secret.user(), secret.password(), grants.operators(), grants.agents()));
    }

    private static void write(Path file, String text) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static Properties load(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("credentials " + file + " are a directory: use the file that `stead init` wrote");
        }
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) {
                throw new IOException("credentials " + file + " can be read by others: chmod 600 " + file);
            }
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            return properties;
        } catch (NoSuchFileException e) {
            throw new IOException("no credentials at " + file + ": `stead init` wrote them, and said where", e);
        } catch (AccessDeniedException e) {
            throw new IOException("credentials " + file + " can't be read by this user", e);
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new IOException(
                    "credentials " + file + " can't be understood: use the file that `stead init` wrote", e);
        }
    }

    private static String value(Properties properties, String key, Path file) throws IOException {
        String value = properties.getProperty(key, "").strip();
        if (value.isEmpty()) {
            throw new IOException("credentials " + file + " have no " + key + ": use the file that `stead init` wrote");
        }
        return value;
    }
}
