package io.stead.it.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured values of one kind, printed as one line: median, worst, how many. */
final class Figures {
    private final String name;
    private final String unit;
    private final String budget;
    private final List<Double> values = new ArrayList<>();

    Figures(String name, String unit, String budget) {
        this.name = name;
        this.unit = unit;
        this.budget = budget;
    }

    void add(double value) {
        values.add(value);
    }

    void print() {
        if (values.isEmpty()) {
            System.out.printf("%-64s nothing measured%n", name);
            return;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        System.out.printf(
                "%-64s %8.1f %s median, %.1f best, %.1f worst of %d (budget %s)%n",
                name, sorted.get(sorted.size() / 2), unit, sorted.getFirst(), sorted.getLast(), sorted.size(), budget);
    }
}
