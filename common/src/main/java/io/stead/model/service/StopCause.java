package io.stead.model.service;

/** Why an owner is to stop. */
public enum StopCause {
    DEREGISTERED("deregistered by the operator"),
    DELETED("its spec was deleted"),
    TRANSFER("transferred by the operator"),
    LEAVE("its node leaves the cluster"),
    DRAIN("its node is being drained"),
    PREFERRED("a preferred node has joined, and its transfer is free"),
    RESTART("restarted by the operator"),
    PARENT("its parent stops"),
    REPARENTED("its spec names another parent now"),
    CHILD("a critical child failed"),
    POLICY("its placement policy was changed"),
    LOST("nothing of it runs any more"),
    FAILING("its monitor says that it does not work"),
    LEASE("its node let go of it when its lease ran out"),
    UNKNOWN_START("what became of its start is not known");

    private final String sentence;

    StopCause(String sentence) {
        this.sentence = sentence;
    }

    /** For people, to be read after the word "because". */
    public String sentence() {
        return sentence;
    }

    /** Whether the service is to be registered again when its stop has ended: elsewhere, or there for a restart (B21). */
    public boolean isTransfer() {
        return switch (this) {
            case TRANSFER, LEAVE, DRAIN, PREFERRED, RESTART, CHILD -> true;
            case DEREGISTERED, DELETED, PARENT, REPARENTED, POLICY, LOST, FAILING, LEASE, UNKNOWN_START -> false;
        };
    }
}
