package io.stead.model;

/** The number of a leadership, bumped by each new leader and checked in each of its transactions (C1). */
public record Epoch(long number) implements Comparable<Epoch> {
    /** Before any leader was. */
    public static final Epoch NONE = new Epoch(0);

    public Epoch {
        if (number < 0) {
            throw new IllegalArgumentException("epoch " + number + " is negative");
        }
    }

    public Epoch next() {
        return new Epoch(number + 1);
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(number, other.number);
    }
}
