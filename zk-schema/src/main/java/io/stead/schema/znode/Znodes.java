package io.stead.schema.znode;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Reads and writes znodes over one session; the only way to them.
 *
 * <p>Everything asked over one connection is carried out in the order in which it was asked, and answered in that order too:
 * a read asked for after a write sees it, and a change is told before the answer to a later read. All answers and events
 * come on one thread, which they must not block. Every future completes, a failure being an outcome: when the connection
 * is lost, within two thirds of the session's time-out.
 */
public interface Znodes {
    CompletableFuture<Read<Znode>> read(String path);

    /** The znode and all below it, read in parallel. */
    CompletableFuture<Read<Read.Subtree>> subtree(String root);

    /** The names of a znode's children, in no order: what a subtree would tell, without reading each. */
    CompletableFuture<Read<List<String>>> children(String path);

    /** All steps in one transaction, or none. */
    CompletableFuture<WriteOutcome> write(List<Write> writes);

    /**
     * Lets the server catch up with ZooKeeper's leader.
     *
     * @return the highest transaction that the server is then known to have; empty when there was no answer
     */
    CompletableFuture<OptionalLong> sync();

    /** The newest transaction that the server has shown over the present connection, 0 before the first answer. */
    long shown();

    /**
     * Tells of every change at and below a path, until it is {@linkplain #unwatch taken back}; what changes while the connection
     * is down is never told. Asking again for the same is harmless.
     *
     * @return whether the server has taken note
     */
    CompletableFuture<Boolean> watch(String root, Watch watch);

    void unwatch(String root, Watch watch);

    /** Calls after each connect, the first one included, on the thread of the answers. */
    void onConnect(Runnable signal);

    /** Calls this one no more. */
    void offConnect(Runnable signal);

    /** One who is told of changes; one object is one watch. */
    @FunctionalInterface
    interface Watch {
        /**
         * Something happened to a znode.
         *
         * @param zxid the transaction that did it, or −1 where the server doesn't say
         * @param deleted false for created and for changed
         */
        void changed(String path, boolean deleted, long zxid);
    }
}
