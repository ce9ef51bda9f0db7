package io.stead.schema.codec.json;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Spans;
import io.stead.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** The kinds of single values. */
public final class Kinds {
    public static final Kind<String> TEXT = ofText(text -> text, text -> text);
    public static final Kind<NodeId> NODE = ofText(NodeId::new, NodeId::value);
    public static final Kind<ServiceName> SERVICE = ofText(ServiceName::new, ServiceName::value);

    /** In hexadecimal. */
    public static final Kind<Incarnation> INCARNATION = ofText(Kinds::incarnation, Incarnation::toString);

    /** In ISO 8601, UTC. */
    public static final Kind<Instant> INSTANT = ofText(Kinds::instant, Instant::toString);

    /** As people write it, to the millisecond. */
    public static final Kind<Duration> SPAN = ofText(Spans::parse, Spans::text);

    public static final Kind<Long> LONG = new OfLong();
    public static final Kind<Integer> INT = new OfInt();
    public static final Kind<Boolean> TRUTH = new OfTruth();

    private Kinds() {}

    /** A value that is made of a text, or refuses it with an {@link IllegalArgumentException}. */
    public static <T> Kind<T> ofText(Function<String, T> parse, Function<T, String> text) {
        return new OfText<>(parse, text);
    }

    static Unfit unfit(Json value, String wanted) {
        return Unfit.of("is " + value.name() + ", not " + wanted);
    }

    private static Incarnation incarnation(String hex) {
        try {
            return Incarnation.parse(hex);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Text.quoted(hex) + " is not an incarnation in hexadecimal", e);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(Text.quoted(text) + " is not a time such as 2025-01-31T12:00:00Z", e);
        }
    }

    private record OfText<T>(Function<String, T> parse, Function<T, String> text) implements Kind<T> {
        @Override
        public void write(T value, JsonGenerator out) {
            out.writeString(text.apply(value));
        }

        @Override
        public T read(Json value) {
            if (value instanceof Json.Str string) {
                return parse.apply(string.text());
            }
            throw unfit(value, "a text");
        }
    }

    private record OfLong() implements Kind<Long> {
        @Override
        public void write(Long value, JsonGenerator out) {
            out.writeNumber(value);
        }

        @Override
        public Long read(Json value) {
            if (value instanceof Json.Whole whole) {
                return whole.number();
            }
            throw unfit(value, "a whole number");
        }
    }

    private record OfInt() implements Kind<Integer> {
        @Override
        public void write(Integer value, JsonGenerator out) {
            out.writeNumber(value);
        }

        @Override
        public Integer read(Json value) {
            long number = LONG.read(value);
            if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
                throw Unfit.of("is " + number + ", beyond 32 bits");
            }
            return (int) number;
        }
    }

    private record OfTruth() implements Kind<Boolean> {
        @Override
        public void write(Boolean value, JsonGenerator out) {
            out.writeBoolean(value);
        }

        @Override
        public Boolean read(Json value) {
            if (value instanceof Json.Truth truth) {
                return truth.isTrue();
            }
            throw unfit(value, "true or false");
        }
    }
}
