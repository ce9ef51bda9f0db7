package io.stead.schema.servers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Finds a server that serves: all are asked at once, and the first that says so is taken. */
public final class Scout {
    private Scout() {}

    private record Said(InetSocketAddress server, ServerWord word) {}

    /**
     * Races a TCP connect and {@code srvr} to each server; no session is touched. Empty when none has said in time that it
     * serves. Blocks for no longer than twice the patience.
     *
     * @param except what is not to be found, resolved
     */
    public static Optional<InetSocketAddress> firstServing(
            Collection<InetSocketAddress> servers, Optional<InetSocketAddress> except, Duration patience)
            throws InterruptedException {
        BlockingQueue<Said> said = new LinkedBlockingQueue<>();
        for (InetSocketAddress server : servers) {
            Thread.ofVirtual().name("stead-scout").start(() -> said.add(ask(server, except, patience)));
        }
        long end = System.nanoTime() + 2 * patience.toNanos();
        for (int heard = 0; heard < servers.size(); heard++) {
            Said next = said.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return Optional.empty();
            }
            if (next.word().isServing()) {
                return Optional.of(next.server());
            }
        }
        return Optional.empty();
    }

    private static Said ask(InetSocketAddress server, Optional<InetSocketAddress> except, Duration patience) {
        InetSocketAddress resolved = new InetSocketAddress(server.getHostString(), server.getPort());
        boolean isLeftOut = except.filter(resolved::equals).isPresent();
        return new Said(resolved, isLeftOut ? ServerWord.UNKNOWN : ServerWord.of(resolved, patience));
    }
}
