package io.stead.schema.install;

import io.stead.schema.spec.ConnectString;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What a server says of its configuration by the four-letter word {@code conf}, where it is allowed to. */
public final class EnsembleConf {
    private static final int PATIENCE_MILLIS = 1000;
    private static final int MOST_BYTES = 64 * 1024;
    private static final String TICK = "tickTime=";

    private EnsembleConf() {}

    /** The ensemble's tickTime (protocols.md, Lease), from the first server that tells. May block for a second a server. */
    public static Optional<Duration> tick(ConnectString connect) {
        for (ConnectString.Server server : connect.servers()) {
            Optional<Duration> tick = ask(server)
                    .lines()
                    .filter(line -> line.startsWith(TICK))
                    .map(line -> Duration.ofMillis(
                            Long.parseLong(line.substring(TICK.length()).strip())))
                    .findFirst();
            if (tick.isPresent()) {
                return tick;
            }
        }
        return Optional.empty();
    }

    /** Whether any server takes a connection. May block for a second a server. */
    public static boolean answers(ConnectString connect) {
        return connect.servers().stream().anyMatch(EnsembleConf::isOpen);
    }

    private static boolean isOpen(ConnectString.Server server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The answer, or nothing where there is none: a server that is down is no error, there are others. */
    private static String ask(ConnectString.Server server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write("conf".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
