package io.stead.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.stead.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bytes that went wrong on the way are told, and never thrown. */
final class MutationTest {
    private static final int MUTATIONS = 20_000;
    private static final List<String> BITS = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "-1",
            "1.5",
            "1e999999",
            "99999999999999999999",
            "\\ud800",
            "\\u0000",
            "\u0000",
            "\u202e",
            "{}",
            "[]",
            "\"v\":2,",
            "//",
            "NaN");

    @Test
    void damagedData_isReadOrTold_neverThrown() {
        List<Samples.Sample<?>> samples = Samples.all();
        int unreadable = 0;
        for (int seed = 0; seed < MUTATIONS; seed++) {
            if (decodesDamaged(samples.get(seed % samples.size()), seed) instanceof Decoded.Unreadable<?> u) {
                unreadable++;
                assertThat(Text.isPlain(u.why()))
                        .as("seed %d: %s", seed, u.why())
                        .isTrue();
                assertThat(u.why()).as("seed %d", seed).isNotBlank().hasSizeLessThan(500);
            }
        }
        assertThat(unreadable).isGreaterThan(MUTATIONS / 2);
    }

    @SuppressWarnings("CatchingUnchecked") // That nothing at all is thrown is what is tested.
    private static <T> Decoded<T> decodesDamaged(Samples.Sample<T> sample, int seed) {
        byte[] data = damaged(sample.golden(), new Random(seed));
        try {
            Decoded<T> decoded = sample.codec().decode("/x", data);
            if (decoded instanceof Decoded.Parsed<T>(T value)) {
                assertThat(sample.codec().encode(value)).as("seed %d", seed).isNotEmpty();
            }
            return decoded;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("seed " + seed + " of " + sample + ": " + new String(data, StandardCharsets.UTF_8), e);
        }
    }

    private static byte[] damaged(byte[] golden, Random random) {
        byte[] data = golden.clone();
        for (int n = 1 + random.nextInt(3); n > 0 && data.length > 0; n--) {
            data = damagedOnce(data, random);
        }
        return data;
    }

    private static byte[] damagedOnce(byte[] data, Random random) {
        int from = random.nextInt(data.length);
        int to = Math.min(data.length, from + 1 + random.nextInt(8));
        return switch (random.nextInt(5)) {
            case 0 -> changed(data, from, (byte) random.nextInt());
            case 1 -> Arrays.copyOf(data, from);
            case 2 -> joined(data, from, new byte[0], to);
            case 3 -> joined(data, from, Arrays.copyOfRange(data, from, to), from);
            default -> {
                byte[] bit = BITS.get(random.nextInt(BITS.size())).getBytes(StandardCharsets.UTF_8);
                yield joined(data, from, bit, random.nextBoolean() ? from : to);
            }
        };
    }

    private static byte[] changed(byte[] data, int at, byte value) {
        byte[] copy = data.clone();
        copy[at] = value;
        return copy;
    }

    private static byte[] joined(byte[] data, int from, byte[] middle, int to) {
        byte[] joined = Arrays.copyOf(data, from + middle.length + data.length - to);
        System.arraycopy(middle, 0, joined, from, middle.length);
        System.arraycopy(data, to, joined, from + middle.length, data.length - to);
        return joined;
    }
}
