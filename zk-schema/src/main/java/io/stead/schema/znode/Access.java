package io.stead.schema.znode;

/**
 * Who may do what with a znode (design.md §4, §8), as ZooKeeper's letters: create and delete children, read, write,
 * administer. ZooKeeper checks DELETE on the parent, so a parent whose children's absence would permit something never grants
 * it to agents. Operators may repair everything ({@code a}); whoever is neither operator nor agent may do nothing.
 */
public enum Access {
    /** The chroot and the parents made by the installer alone. */
    FRAME("cra", "r", ""),
    /** A parent of specs. */
    SPECS("cdrwa", "r", ""),
    SPEC("rwa", "r", ""),
    /** The parent of requests: operators make and withdraw them, the leader takes them away. */
    REQUESTS("cdra", "dr", ""),
    REQUEST("rwa", "r", ""),
    /** A parent whose children agents make and take away, because no child's absence permits anything. */
    ANSWERS("ra", "cdr", ""),
    /** A parent whose children agents make and nobody takes away. */
    SHARED("ra", "cr", ""),
    /** What the leader writes; any agent may become it. */
    LEADER("ra", "rw", ""),
    /** What one node writes of itself. */
    OWN("ra", "r", "rw");

    private final String operators;
    private final String agents;
    private final String own;

    Access(String operators, String agents, String own) {
        this.operators = operators;
        this.agents = agents;
        this.own = own;
    }

    public String operators() {
        return operators;
    }

    public String agents() {
        return agents;
    }

    /** For the one agent that makes the znode. */
    public String own() {
        return own;
    }
}
