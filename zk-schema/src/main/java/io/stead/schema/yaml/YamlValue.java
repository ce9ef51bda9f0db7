package io.stead.schema.yaml;

import io.stead.model.Text;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One value of a document. Each reading method says what is expected; where something else stands it reports that and
 * returns nothing, so that a reader goes on and finds the next problem too. An {@link IllegalArgumentException} of the
 * value's own constructor becomes a problem at its place.
 */
public final class YamlValue {
    /** The most entries of a list or a map. */
    public static final int MOST_ENTRIES = 1000;

    private static final int SHOWN = 40;

    private final Node node;
    private final String path;
    private final Problems problems;

    YamlValue(Node node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    public Place place() {
        return Place.of(node.getStartMark());
    }

    public String path() {
        return path;
    }

    /** Whether it is null, or was left empty. */
    public boolean isNothing() {
        return has(Tag.NULL);
    }

    public void problem(String message) {
        problems.add(place(), path, message);
    }

    /** A text; a number or {@code true} is none unless it is in quotes. */
    public <T> Optional<T> text(String expected, Function<String, T> read) {
        return scalar(expected, List.of(Tag.STR), text -> isFit(text, read) ? ": write " + Text.quoted(text) : "")
                .flatMap(text -> made(text, read));
    }

    private static <T> boolean isFit(String text, Function<String, T> read) {
        try {
            return read.apply(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A span of time within bounds. */
    public Optional<Duration> duration(SpanRange range) {
        return scalar("a duration such as 30s", List.of(Tag.STR, Tag.INT), text -> "")
                .flatMap(text -> made(text, range::parse));
    }

    /** A whole number in decimal digits. */
    public <T> Optional<T> number(String expected, Function<Integer, T> read) {
        return scalar(expected, List.of(Tag.INT), text -> "")
                .flatMap(text -> made(text, t -> {
                    if (!t.matches("-?\\d{1,9}")) {
                        throw new IllegalArgumentException(
                                "number " + Text.quoted(t) + ": use up to nine decimal digits");
                    }
                    return read.apply(Integer.valueOf(t));
                }));
    }

    public Optional<Boolean> truth() {
        return scalar("true or false", List.of(Tag.BOOL), text -> "").map(text -> text.equalsIgnoreCase("true"));
    }

    /** One of an enum's constants, written in small letters with {@code -} between the words. */
    public <E extends Enum<E>> Optional<E> choice(Class<E> words) {
        Map<String, E> byWord = new LinkedHashMap<>();
        Arrays.stream(words.getEnumConstants()).forEach(e -> byWord.put(word(e), e));
        return text(String.join(" or ", byWord.keySet()), text -> {
            E chosen = byWord.get(text);
            if (chosen == null) {
                throw new IllegalArgumentException(Text.quoted(text) + ": " + NearMiss.advice(text, byWord.keySet()));
            }
            return chosen;
        });
    }

    /** How {@link #choice} wants a constant written. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The entries of a list. One value alone is no list. */
    public List<YamlValue> list(String expected) {
        if (!(node instanceof SequenceNode list) || !has(Tag.SEQ)) {
            wrong(expected, node instanceof ScalarNode && !isNothing() ? ": write [" + rewritten() + "]" : "");
            return List.of();
        }
        List<Node> entries = list.getValue();
        if (entries.size() > MOST_ENTRIES) {
            problem("%d entries: use at most %d".formatted(entries.size(), MOST_ENTRIES));
            return List.of();
        }
        return IntStream.range(0, entries.size())
                .mapToObj(i -> new YamlValue(entries.get(i), path + "[" + i + "]", problems))
                .toList();
    }

    /** What the reader makes of a map; keys that it has not asked for are reported. */
    public <T> Optional<T> map(String expected, Function<YamlMap, Optional<T>> read) {
        if (!(node instanceof MappingNode map) || !has(Tag.MAP)) {
            wrong(expected, "");
            return Optional.empty();
        }
        if (map.getValue().size() > MOST_ENTRIES) {
            problem("%d keys: use at most %d".formatted(map.getValue().size(), MOST_ENTRIES));
            return Optional.empty();
        }
        YamlMap keys = new YamlMap(map, place(), path, problems);
        Optional<T> result = read.apply(keys);
        keys.reportUnknown();
        return result;
    }

    /** Where the value at a path below this one stands, or as much of the path as there is. */
    public Place placeOf(String below) {
        Node at = node;
        for (String step : below.split("[.\\[\\]]+", -1)) {
            Optional<Node> next = step(at, step);
            if (next.isEmpty()) {
                break;
            }
            at = next.get();
        }
        return Place.of(at.getStartMark());
    }

    private static Optional<Node> step(Node from, String step) {
        return switch (from) {
            case MappingNode map ->
                map.getValue().stream()
                        .filter(t -> t.getKeyNode() instanceof ScalarNode key
                                && key.getValue().equals(step))
                        .map(t -> t.getValueNode())
                        .findFirst();
            case SequenceNode list
            when step.matches("\\d{1,4}") ->
                list.getValue().stream().skip(Integer.parseInt(step)).findFirst();
            default -> Optional.empty();
        };
    }

    /** The scalar's text if its tag is one of these; the mend is for a scalar of another. */
    private Optional<String> scalar(String expected, List<Tag> tags, UnaryOperator<String> mend) {
        if (node instanceof ScalarNode scalar && tags.contains(node.getTag())) {
            return Optional.of(scalar.getValue());
        }
        boolean mendable = node instanceof ScalarNode && (has(Tag.INT) || has(Tag.FLOAT) || has(Tag.BOOL));
        wrong(expected, mendable ? mend.apply(((ScalarNode) node).getValue()) : "");
        return Optional.empty();
    }

    private <T> Optional<T> made(String text, Function<String, T> read) {
        try {
            return Optional.of(read.apply(text));
        } catch (IllegalArgumentException e) {
            problem(Optional.ofNullable(e.getMessage()).orElse("not valid: " + Text.quoted(text)));
            return Optional.empty();
        }
    }

    private void wrong(String expected, String mend) {
        problem("expected " + expected + ", found " + described() + mend);
    }

    private String described() {
        return switch (node) {
            case MappingNode map -> has(Tag.MAP) ? "a map" : "a map with a tag of its own";
            case SequenceNode list -> has(Tag.SEQ) ? "a list" : "a list with a tag of its own";
            case ScalarNode scalar when has(Tag.STR) -> "the text " + Text.quoted(begin(scalar));
            case ScalarNode scalar when has(Tag.INT) || has(Tag.FLOAT) -> "the number " + begin(scalar);
            case ScalarNode scalar when has(Tag.BOOL) -> scalar.getValue();
            case ScalarNode scalar when has(Tag.NULL) -> "nothing";
            default -> "a value with a tag of its own";
        };
    }

    /** Enough to know it again: a file that was named by mistake is not for everybody's terminal and log. */
    private static String begin(ScalarNode scalar) {
        return Text.cut(scalar.getValue(), SHOWN);
    }

    /** The scalar so that it reads as a text: bare where that is safe, else in quotes. */
    private String rewritten() {
        String value = begin((ScalarNode) node);
        return has(Tag.STR) && value.matches("[A-Za-z0-9][A-Za-z0-9._-]*") ? value : Text.quoted(value);
    }

    private boolean has(Tag tag) {
        return node.getTag().equals(tag);
    }
}
