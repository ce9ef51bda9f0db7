package io.stead.schema.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. Not safe to share between threads. */
public final class Problems {
    /** More than these are not kept: they are seldom read, and often follow from the first. */
    public static final int MOST = 20;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    public Problems(String file) {
        this.file = file;
    }

    public void add(Place place, String path, String message) {
        add(new Problem(file, place, path, message));
    }

    public void add(Problem problem) {
        if (found.size() < MOST) {
            found.add(problem);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** How many there are so far; where it has not grown, what was read since is good. */
    public int count() {
        return found.size();
    }

    /** In the order of the file. */
    public List<Problem> list() {
        return found.stream().sorted(Comparator.comparing(Problem::place)).toList();
    }
}
