package io.stead.schema.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.admin.AdminServer.AdminServerException;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;

/**
 * {@code stead zookeeper --config F}, or {@code --data-dir D --port N} for one server for this machine alone. Runs until it is
 * killed. Exit codes as in design.md §7: 1 failed, 2 usage or configuration.
 */
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int REFUSED = 4;
    private static final String LOCK = "stead.lock";
    private static final String USAGE_LINE = "usage: stead zookeeper --config FILE | --data-dir DIR --port PORT";
    private static final Set<String> OPTIONS = Set.of("--config", "--data-dir", "--port");

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, System.err));
    }

    static int run(String[] args, PrintStream err) {
        if (List.of(args).contains("--help")) {
            System.out.println(USAGE_LINE);
            return 0;
        }
        return switch (settings(args)) {
            case ServerSettings.Bad bad -> {
                err.println("stead zookeeper: " + bad.line());
                yield USAGE;
            }
            case ServerSettings.Usable usable -> serve(usable.config(), err);
        };
    }

    private static ServerSettings settings(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i])) {
                return new ServerSettings.Bad("unknown option " + args[i] + "; " + USAGE_LINE);
            }
            if (i + 1 == args.length || args[i + 1].isEmpty()) {
                return new ServerSettings.Bad(args[i] + " needs a value; " + USAGE_LINE);
            }
            options.put(args[i], args[i + 1]);
        }
        String config = options.get("--config");
        String dataDir = options.get("--data-dir");
        String port = options.get("--port");
        if (config != null && options.size() == 1) {
            return ServerSettings.of(Path.of(config));
        }
        if (port != null && !ServerChecks.isPort(port)) {
            return new ServerSettings.Bad("--port " + port + " is not a number from 1 to 65535");
        }
        if (dataDir != null && port != null && options.size() == 2) {
            return ServerSettings.standalone(Path.of(dataDir), Integer.parseInt(port));
        }
        return new ServerSettings.Bad(USAGE_LINE);
    }

    private static FileChannel locked(Path lock) throws IOException {
        Files.createDirectories(lock.toAbsolutePath().getParent());
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static int serve(QuorumPeerConfig config, PrintStream err) {
        new DatadirCleanupManager(
                        config.getDataDir(),
                        config.getDataLogDir(),
                        config.getSnapRetainCount(),
                        config.getPurgeInterval())
                .start();
        Path lock = config.getDataDir().toPath().resolve(LOCK);
        try (FileChannel channel = locked(lock)) {
            if (channel.tryLock() == null) {
                err.println("stead zookeeper: another server has the data directory " + lock.getParent()
                        + ": two on one lose what they have acknowledged; stop it, or name another");
                return REFUSED;
            }
            new Serving(config, err).run();
            return 0;
        } catch (BindException e) {
            err.println("stead zookeeper: " + Serving.address(config) + " is taken: " + e.getMessage());
        } catch (IOException | AdminServerException e) {
            err.println("stead zookeeper: " + e);
        }
        return FAILED;
    }
}
