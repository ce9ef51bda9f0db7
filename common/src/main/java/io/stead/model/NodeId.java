package io.stead.model;

/** The name of a node: one agent on one host, a member of the cluster. */
public record NodeId(String value) implements Comparable<NodeId> {
    public NodeId {
        Name.checked("node", value);
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
