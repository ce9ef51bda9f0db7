package io.stead.cli.verb.spec;

import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.model.ServiceName;
import io.stead.model.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the specs that were applied.
 *
 * @param placed what came of waiting for their places, where that was asked for
 */
record Applied(List<One> specs, Optional<String> placed) implements Shown {
    /** One spec. */
    record One(ServiceSpec spec, Change change) {}

    /** How it differs from what was stored. */
    enum Change {
        CREATED,
        CHANGED,
        UNCHANGED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Applied of(List<ServiceSpec> wanted, Map<ServiceName, ServiceSpec> stored) {
        List<One> all = new ArrayList<>();
        for (ServiceSpec spec : wanted) {
            ServiceSpec before = stored.get(spec.name());
            Change changed = spec.equals(before) ? Change.UNCHANGED : Change.CHANGED;
            all.add(new One(spec, before == null ? Change.CREATED : changed));
        }
        return new Applied(all, Optional.empty());
    }

    /** Those that are to be written. */
    List<ServiceSpec> toWrite() {
        return specs.stream()
                .filter(s -> s.change() != Change.UNCHANGED)
                .map(One::spec)
                .toList();
    }

    List<ServiceName> names() {
        return specs.stream().map(s -> s.spec().name()).toList();
    }

    Applied withPlaced(String sentence) {
        return new Applied(specs, Optional.of(sentence));
    }

    @Override
    public Object tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("applied", specs.stream().map(Applied::tree).toList());
        tree.put("settled", placed.isPresent());
        placed.ifPresent(p -> tree.put("result", p));
        return tree;
    }

    private static Map<String, Object> tree(One one) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "service");
        tree.put("name", one.spec().name().value());
        tree.put("change", one.change().word());
        return tree;
    }

    @Override
    public void on(Page page) {
        specs.forEach(
                s -> page.line("service " + s.spec().name() + " " + s.change().word()));
        placed.ifPresent(page::line);
    }
}
