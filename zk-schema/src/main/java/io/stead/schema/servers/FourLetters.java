package io.stead.schema.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks one server one four-letter word, over a connection of its own. */
public final class FourLetters {
    private static final int MOST_BYTES = 64 * 1024;

    private FourLetters() {}

    /** What came of a question. */
    public sealed interface Answer {
        record Text(String text) implements Answer {}

        /** The host said that nothing listens there; so does a firewall's REJECT. */
        record Refused() implements Answer {}

        /** No word in time, or no way there. */
        record Silent(String why) implements Answer {}
    }

    /**
     * Asks and waits for the whole answer.
     *
     * @param server resolved anew at each question
     * @param patience for the connection, and again for each piece of the answer
     */
    public static Answer ask(InetSocketAddress server, String word, Duration patience) {
        int millis = Math.toIntExact(Math.max(1, patience.toMillis()));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHostString(), server.getPort()), millis);
            socket.setSoTimeout(millis);
            OutputStream out = socket.getOutputStream();
            out.write(word.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            byte[] answer = socket.getInputStream().readNBytes(MOST_BYTES);
            return new Answer.Text(new String(answer, StandardCharsets.UTF_8));
        } catch (ConnectException e) {
            // "No route to host" comes as the same exception, and is no word of the host's.
            String why = String.valueOf(e.getMessage());
            return why.contains("refused") ? new Answer.Refused() : new Answer.Silent(why);
        } catch (IOException e) {
            return new Answer.Silent(e.toString());
        }
    }
}
