package io.stead.schema.codec;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Spans;
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.Target;
import io.stead.model.spec.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Random values of which records are made; the same seed gives the same. */
final class Dice {
    private static final List<String> CHARACTERS = List.of(
            "a", "Z", "7", " ", "\"", "\\", "/", "\n", "\u0000", "\u007f", "ä", "\u2028", "漢", "😀", "{", "]", ",");
    private static final String NAME = "abcxyz0189._-";

    private final Random random;

    Dice(long seed) {
        random = new Random(seed);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long number() {
        return coin() ? random.nextInt(100) : random.nextLong();
    }

    long natural() {
        return number() & Long.MAX_VALUE;
    }

    <E extends Enum<E>> E any(Class<E> type) {
        E[] all = type.getEnumConstants();
        return all[below(all.length)];
    }

    <T> Optional<T> perhaps(Supplier<T> value) {
        return coin() ? Optional.of(value.get()) : Optional.empty();
    }

    <T> List<T> some(Supplier<T> value) {
        List<T> list = new ArrayList<>();
        for (int n = below(4); n > 0; n--) {
            list.add(value.get());
        }
        return list;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int n = below(12); n > 0; n--) {
            text.append(CHARACTERS.get(below(CHARACTERS.size())));
        }
        return text.toString();
    }

    private String name() {
        StringBuilder name = new StringBuilder("n");
        for (int n = below(63); n > 0; n--) {
            name.append(NAME.charAt(below(NAME.length())));
        }
        return name.toString();
    }

    NodeId node() {
        return new NodeId(name());
    }

    ServiceName service() {
        return new ServiceName(name());
    }

    Incarnation life() {
        return new Incarnation(number());
    }

    Instant time() {
        return Instant.ofEpochSecond(random.nextInt(), coin() ? 0 : below(1_000_000_000));
    }

    /** What a spec can say: up to nine digits and a unit. */
    Duration span() {
        return Spans.parse(
                (1 + below(999_999_999)) + List.of("ms", "s", "m", "h", "d").get(below(5)));
    }

    Map<String, String> texts(Supplier<String> key) {
        Map<String, String> texts = new HashMap<>();
        some(key).forEach(k -> texts.put(k, text()));
        return texts;
    }

    Actions actions() {
        Map<Verb, Action> byVerb = new EnumMap<>(Verb.class);
        some(() -> Verb.COMMANDS.get(below(Verb.COMMANDS.size()))).forEach(verb -> byVerb.put(verb, action()));
        return new Actions(byVerb, perhaps(() -> new Monitor(action(), span())));
    }

    private Action action() {
        String id = "a" + below(9);
        Target target = List.of(
                        new Target.Run(id), new Target.Systemd(id + ".service"), new Target.Ocf("heartbeat:" + id))
                .get(below(3));
        return new Action(target, texts(() -> "P" + below(9)), some(this::text), span());
    }
}
