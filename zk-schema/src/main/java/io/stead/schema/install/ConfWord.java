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

/**
 * One server's answer to the four-letter word {@code conf}.
 *
 * @param answer a sentence instead where it is not allowed or the server does not serve; empty where it is down
 */
record ConfWord(String answer) {
    private static final int PATIENCE_MILLIS = 1000;
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern TICK = Pattern.compile("^tickTime=(\\d{1,9})\\s*$", Pattern.MULTILINE);

    /** May block for two seconds. That a server is down is no error, there are others. */
    static ConfWord of(ConnectString.Server server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write("conf".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new ConfWord(new String(socket.getInputStream().readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new ConfWord("");
        }
    }

    boolean isForbidden() {
        return answer.contains("not in the whitelist");
    }

    Optional<Duration> tick() {
        Matcher matcher = TICK.matcher(answer);
        return matcher.find() ? Optional.of(Duration.ofMillis(Long.parseLong(matcher.group(1)))) : Optional.empty();
    }
}
