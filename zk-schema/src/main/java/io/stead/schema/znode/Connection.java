package io.stead.schema.znode;

/**
 * One connection to one server, as the reckoning of a lease needs it: two answers came over the same one exactly if their
 * numbers are equal.
 *
 * @param number counts the connections of the session, from 1
 * @param handleNanos monotonic time before the handle was made that this connection belongs to: whatever ZooKeeper granted
 *     when that handle created or resumed the session, it granted later than this
 * @param local our end, for people
 * @param remote the server's end, for people
 */
public record Connection(long number, long handleNanos, String local, String remote) {}
