package io.stead.schema.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Spans;
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Maturity;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.NodePattern;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.PreferenceOrder;
import io.stead.model.spec.Register;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Target;
import io.stead.model.spec.TransferCost;
import io.stead.model.spec.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever specs there are: written and read again they are equal. A failure names its seed. */
class SpecRoundTripTest {
    private static final List<String> WORDS = List.of(
            "",
            " ",
            "a",
            "-",
            "--x",
            "27000",
            "0x1f",
            "1e3",
            ".5",
            "true",
            "null",
            "~",
            "yes",
            "<<",
            "=",
            "*",
            "&a",
            "!t",
            "a: b",
            "a #b",
            "#",
            "'",
            "\"",
            "\\",
            "{}",
            "[a]",
            "- a",
            "? a",
            "%d",
            "@x",
            "`x",
            "|",
            ">",
            "\t",
            "\n",
            " a\n\nb ",
            "\r\n",
            "\u0001\u001b[2J\u007f",
            "\u0085\u2028\u2029",
            "\ufeff",
            "\u00e9\u4e2d",
            "\ud83d\ude00",
            "---",
            "...",
            "2001-01-01",
            "$(reboot)",
            "a".repeat(300),
            "word ".repeat(60));

    private static final List<String> SPANS =
            List.of("1ms", "500ms", "1s", "60s", "61s", "5m", "90m", "2h", "1d", "365d");

    static List<Long> seeds() {
        return new Random(20_250_101).longs(100).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void specs_readBackAsTheyWereWritten(long seed) {
        Random random = new Random(seed);
        List<ServiceSpec> specs = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            specs.add(spec("s" + i + name(random), random));
        }

        String text = SpecFile.write(specs);

        assertThat(SpecFile.read("f.yaml", text))
                .as(text)
                .isInstanceOfSatisfying(
                        Read.Specs.class, r -> assertThat(r.values()).isEqualTo(specs));
    }

    private ServiceSpec spec(String name, Random random) {
        boolean child = random.nextInt(3) == 0;
        return new ServiceSpec(
                new ServiceName(name),
                child ? Placement.ANYWHERE : placement(random),
                child ? Optional.of(new ServiceName("p" + name(random))) : Optional.empty(),
                actions(random),
                random.nextBoolean() ? Duration.ZERO : span(random),
                random.nextBoolean(),
                failures(random));
    }

    private FailurePolicy failures(Random random) {
        int restarts = random.nextInt(3);
        Duration window = span(random);
        return random.nextBoolean()
                ? FailurePolicy.DEFAULT
                : new FailurePolicy(
                        restarts,
                        window.compareTo(FailurePolicy.LEAST_WINDOW) < 0 ? FailurePolicy.LEAST_WINDOW : window,
                        maybe(random, () -> restarts + 1 + random.nextInt(9)));
    }

    private Placement placement(Random random) {
        Optional<Integer> count = maybe(random, () -> 1 + random.nextInt(9));
        Optional<Duration> time = maybe(random, () -> span(random));
        List<NodeId> preferred = some(random, i -> "n" + i + name(random)).stream()
                .map(NodeId::new)
                .toList();
        return new Placement(
                List.of(new NodePattern("*"), new NodePattern(name(random))),
                some(random, i -> "d" + name(random) + "*").stream()
                        .map(NodePattern::new)
                        .toList(),
                preferred,
                any(random, PreferenceOrder.values()),
                any(random, Policy.values()),
                any(random, Register.values()),
                count.isEmpty() && time.isEmpty() ? Maturity.AT_ONCE : new Maturity(count, time),
                any(random, TransferCost.values()));
    }

    private Actions actions(Random random) {
        Map<Verb, Action> byVerb = new EnumMap<>(Verb.class);
        for (Verb verb : Verb.COMMANDS) {
            maybe(random, () -> action(random))
                    .filter(action -> knows(action.target(), verb, byVerb))
                    .ifPresent(action -> byVerb.put(verb, action));
        }
        Optional<Monitor> monitor = maybe(random, () -> action(random))
                .filter(_ -> byVerb.containsKey(Verb.START))
                .map(action -> new Monitor(action, span(random)));
        return new Actions(byVerb, monitor);
    }

    private static boolean knows(Target target, Verb verb, Map<Verb, Action> others) {
        Action start = others.get(Verb.START);
        return switch (verb) {
            case START, MONITOR -> true;
            case STOP ->
                start == null
                        || !(start.target() instanceof Target.Systemd)
                        || start.target().equals(target);
            case NOTIFY -> !(target instanceof Target.Systemd);
            case RECOVERY -> target instanceof Target.Run;
        };
    }

    private Action action(Random random) {
        Map<String, String> params = new TreeMap<>();
        some(random, i -> "P" + i).forEach(name -> params.put(name, any(random, WORDS)));
        return switch (random.nextInt(3)) {
            case 0 -> new Action(new Target.Run(any(random, "run", "7", "_x.sh")), params, words(random), span(random));
            case 1 -> new Action(new Target.Systemd("a\\x2db@1:2.service"), Map.of(), List.of(), span(random));
            default -> new Action(new Target.Ocf("heartbeat:pgsql"), params, List.of(), span(random));
        };
    }

    private Duration span(Random random) {
        return Spans.parse(any(random, SPANS));
    }

    private static List<String> words(Random random) {
        return some(random, i -> any(random, WORDS));
    }

    private static String name(Random random) {
        return any(random, "0", "12", "a", "null", "true", "1e3", "0x1", "a.b-c_d");
    }

    private static List<String> some(Random random, IntFunction<String> one) {
        return IntStream.range(0, random.nextInt(4)).mapToObj(one).toList();
    }

    private static <T> Optional<T> maybe(Random random, Supplier<T> one) {
        return random.nextBoolean() ? Optional.of(one.get()) : Optional.empty();
    }

    @SafeVarargs
    private static <T> T any(Random random, T... from) {
        return from[random.nextInt(from.length)];
    }

    private static <T> T any(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
