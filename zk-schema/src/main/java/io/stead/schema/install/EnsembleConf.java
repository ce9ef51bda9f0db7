package io.stead.schema.install;

import io.stead.schema.spec.ConnectString;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an ensemble's servers say of its tickTime by the four-letter word {@code conf} (protocols.md, Lease). */
public sealed interface EnsembleConf {
    /** The largest that any server has. */
    record Tick(Duration largest) implements EnsembleConf {}

    /** No server tells, and one says that it is not allowed to. */
    record Forbidden() implements EnsembleConf {}

    /** No server tells now: they are down, or without a leader. */
    record Silent() implements EnsembleConf {}

    /** Asks every server, one after the other. May block for two seconds a server. */
    static EnsembleConf ask(ConnectString connect) {
        Optional<Duration> largest = Optional.empty();
        boolean forbidden = false;
        for (ConnectString.Server server : connect.servers()) {
            String answer = Asking.answer(server);
            Optional<Duration> tick = Asking.tick(answer);
            if (tick.isPresent()
                    && largest.filter(t -> t.compareTo(tick.get()) >= 0).isEmpty()) {
                largest = tick;
            }
            forbidden |= answer.contains(Asking.NOT_ALLOWED);
        }
        if (largest.isPresent()) {
            return new Tick(largest.get());
        }
        return forbidden ? new Forbidden() : new Silent();
    }

    /** One server and its words. */
    final class Asking {
        private static final int PATIENCE_MILLIS = 1000;
        private static final int MOST_BYTES = 64 * 1024;
        private static final String NOT_ALLOWED = "not in the whitelist";
        private static final Pattern TICK = Pattern.compile("^tickTime=(\\d{1,9})\\s*$", Pattern.MULTILINE);

        private Asking() {}

        /** Nothing where there is none: a server that is down is no error, there are others. */
        private static String answer(ConnectString.Server server) {
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

        /** A server that is not serving says a sentence instead. */
        private static Optional<Duration> tick(String answer) {
            Matcher matcher = TICK.matcher(answer);
            return matcher.find() ? Optional.of(Duration.ofMillis(Long.parseLong(matcher.group(1)))) : Optional.empty();
        }
    }
}
