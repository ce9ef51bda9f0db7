package io.stead.it.cluster;

/**
 * A line that an action has left: its call has begun, ended well, or failed as it was told to.
 *
 * @param nanos on the wall clock of this host, which all nodes share
 * @param end begin, end or failed
 */
public record Call(long nanos, String node, String service, String verb, long generation, String holder, String end) {
    static Call parsed(String line) {
        String[] w = line.split(" ", -1);
        return new Call(Long.parseLong(w[0]), w[1], w[2], w[3], Long.parseLong(w[4]), w[5], w[6]);
    }

    public boolean began(String someVerb) {
        return verb.equals(someVerb) && end.equals("begin");
    }

    public boolean ended(String someVerb) {
        return verb.equals(someVerb) && end.equals("end");
    }

    /** Such as {@code start shop on n1}. */
    public String what() {
        return verb + " " + service + " on " + node;
    }
}
