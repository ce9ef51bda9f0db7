package io.stead.schema.codec.json;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** JSON as bytes: strictly one object in UTF-8, no field twice, not nested deeper than {@value #DEEPEST}. */
public final class JsonText {
    private static final int DEEPEST = 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();

    private JsonText() {}

    /** One line. Half a surrogate pair, as in a message that was cut, becomes a question mark. */
    public static <T> byte[] write(Kind<T> kind, T value) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            kind.write(value, out);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The value; {@link Unfit}, and nothing else, where the data is not JSON, or not this kind. */
    public static <T> T read(Kind<T> kind, byte[] data) {
        if (data.length == 0) {
            throw Unfit.because("there is no data");
        }
        return Unfit.reasoned(kind, parse(decoded(data)));
    }

    private static String decoded(byte[] data) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Unfit.because("not UTF-8");
        }
    }

    private static Json parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Json value = value(parser, 1);
            if (parser.nextToken() != null) {
                throw Unfit.because("there is something after the end of the object");
            }
            return value;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            throw Unfit.because("not JSON"
                    + (at == null ? "" : ": line %d, column %d".formatted(at.getLineNr(), at.getColumnNr())));
        }
    }

    private static Json value(JsonParser parser, int depth) {
        if (depth > DEEPEST) {
            throw Unfit.because("nested deeper than " + DEEPEST);
        }
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw Unfit.because("there is no data");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> array(parser, depth);
            case VALUE_STRING -> new Json.Str(parser.getString());
            case VALUE_TRUE -> new Json.Truth(true);
            case VALUE_FALSE -> new Json.Truth(false);
            case VALUE_NULL -> new Json.Other("null");
            case VALUE_NUMBER_INT -> number(parser);
            case VALUE_NUMBER_FLOAT -> new Json.Other("a fraction");
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins with " + token);
        };
    }

    private static Json object(JsonParser parser, int depth) {
        Map<String, Json> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            try {
                if (fields.put(name, value(parser, depth + 1)) != null) {
                    throw Unfit.of("appears twice");
                }
            } catch (Unfit unfit) {
                throw unfit.in(name);
            }
        }
        return new Json.Obj(fields);
    }

    private static Json array(JsonParser parser, int depth) {
        List<Json> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            try {
                values.add(value(parser, depth + 1));
            } catch (Unfit unfit) {
                throw unfit.in("[" + values.size() + "]");
            }
        }
        return new Json.Arr(values);
    }

    private static Json number(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> new Json.Whole(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> new Json.Other("a number beyond 64 bits");
        };
    }
}
