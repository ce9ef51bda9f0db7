package io.stead.schema.yaml;

import io.stead.model.Text;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The keys of a map. A key that the reader asks for is a known one; each that is left over in the end is a problem. */
public final class YamlMap {
    private final Map<String, Place> keys = new LinkedHashMap<>();
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> refused = new LinkedHashSet<>();
    private final Place place;
    private final String path;
    private final Problems problems;

    YamlMap(MappingNode map, Place place, String path, Problems problems) {
        this.place = place;
        this.path = path;
        this.problems = problems;
        map.getValue().forEach(this::add);
    }

    private void add(NodeTuple tuple) {
        Place at = Place.of(tuple.getKeyNode().getStartMark());
        if (!(tuple.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
            problems.add(at, path, "a key must be a text: write it in quotes");
            return;
        }
        Place first = keys.putIfAbsent(key.getValue(), at);
        if (first != null) {
            problems.add(at, under(key.getValue()), "given twice, first on line " + first.line());
            return;
        }
        values.put(key.getValue(), new YamlValue(tuple.getValueNode(), under(key.getValue()), problems));
    }

    public Place place() {
        return place;
    }

    public Optional<YamlValue> get(String key) {
        known.add(key);
        return Optional.ofNullable(values.get(key));
    }

    /** As {@link #get}; where the key is missing that is a problem, and the example tells what to write. */
    public Optional<YamlValue> required(String key, String example) {
        Optional<YamlValue> value = get(key);
        if (value.isEmpty()) {
            problems.add(place, path, "there is no " + key + ": write " + example);
        }
        return value;
    }

    /** A key that means something, though not here. */
    public void refuse(String key, String why) {
        refused.add(key);
        if (values.containsKey(key)) {
            problem(key, why);
        }
    }

    /** Says that something is wrong with the map as a whole. */
    public void problem(String message) {
        problems.add(place, path, message);
    }

    /** Says that something is wrong with a key. */
    public void problem(String key, String message) {
        problems.add(keys.getOrDefault(key, place), under(key), message);
    }

    /** Every entry: for a map whose keys are the writer's own. */
    public Map<String, YamlValue> all() {
        known.addAll(values.keySet());
        return values;
    }

    void reportUnknown() {
        for (String key : values.keySet()) {
            if (!known.contains(key) && !refused.contains(key)) {
                // Its path is that of the map: the key itself is named once.
                Place at = keys.getOrDefault(key, place);
                problems.add(at, path, "unknown key " + Text.quoted(key) + ": " + NearMiss.advice(key, known));
            }
        }
    }

    private String under(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
