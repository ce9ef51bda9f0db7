package io.stead.schema.codec.json;

import io.stead.model.Text;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** The constants of an enum as words in lower case: {@code release-failed}. */
public final class Words<E extends Enum<E>> implements Kind<E> {
    private final Map<E, String> words;
    private final Map<String, E> constants = new LinkedHashMap<>();

    public Words(Class<E> type) {
        words = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            words.put(constant, word);
            constants.put(word, constant);
        }
    }

    /** The word of a constant. */
    public String of(E constant) {
        String word = words.get(constant);
        if (word == null) {
            throw new IllegalStateException("every constant has a word: " + constant);
        }
        return word;
    }

    @Override
    public void write(E value, JsonGenerator out) {
        out.writeString(of(value));
    }

    @Override
    public E read(Json value) {
        if (!(value instanceof Json.Str string)) {
            throw Kinds.unfit(value, "a text");
        }
        E constant = constants.get(string.text());
        if (constant == null) {
            throw Unfit.because(Text.quoted(string.text()) + " is none of " + String.join(", ", constants.keySet()));
        }
        return constant;
    }
}
