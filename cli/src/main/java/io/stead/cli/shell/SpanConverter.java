package io.stead.cli.shell;

import io.stead.model.Spans;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as the specs have them. */
public final class SpanConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        try {
            return Spans.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
