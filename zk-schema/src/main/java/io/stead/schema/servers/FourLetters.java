package io.stead.schema.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
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
     * @param server resolved anew at each question, unless it is resolved already
     * @param patience for the connection, and again for the whole answer
     */
    public static Answer ask(InetSocketAddress server, String word, Duration patience) {
        int millis = Math.toIntExact(Math.max(1, patience.toMillis()));
        try (Socket socket = new Socket()) {
            InetSocketAddress resolved =
                    server.isUnresolved() ? new InetSocketAddress(server.getHostString(), server.getPort()) : server;
            socket.connect(resolved, millis);
            OutputStream out = socket.getOutputStream();
            out.write(word.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new Answer.Text(new String(read(socket, millis), StandardCharsets.UTF_8));
        } catch (ConnectException e) {
            // "No route to host" comes as the same exception, and is no word of the host's.
            String why = String.valueOf(e.getMessage());
            return why.contains("refused") ? new Answer.Refused() : new Answer.Silent(why);
        } catch (IOException e) {
            return new Answer.Silent(e.toString());
        }
    }

    private static byte[] read(Socket socket, int millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000L;
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        int length = 0;
        while (length >= 0 && answer.size() < MOST_BYTES) {
            answer.write(piece, 0, length);
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("its answer takes too long");
            }
            socket.setSoTimeout((int) left);
            length = socket.getInputStream().read(piece);
        }
        return answer.toByteArray();
    }
}
