package io.stead.schema.servers;

import java.net.InetSocketAddress;

/**
 * What a refused connection to a voter is worth. A host whose ZooKeeper is dead refuses; but so does a firewall's REJECT before
 * one that leads, and a node that took that for a proof would go on for ever beside its successor.
 */
@FunctionalInterface
public interface Refusals {
    /** Nothing by itself. */
    Refusals PROVE_NOTHING = server -> false;

    /** What the operator has decided ({@code zookeeper.outage: trust-refused}); outside what strict safety promises. */
    Refusals TRUSTED = server -> true;

    /** Whether nothing listens at the address on its own host, for certain. May block for a while. */
    boolean isNobodyThere(InetSocketAddress server);
}
