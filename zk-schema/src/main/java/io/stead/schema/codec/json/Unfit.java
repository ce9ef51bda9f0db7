package io.stead.schema.codec.json;

import io.stead.model.Text;

/**
 * Data that can't be understood. It is thrown where that is found, gathers the names of the fields on its way out, and
 * becomes a result before it leaves the codecs.
 */
public final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_NAME = 64;

    /** From the root to the field, or empty. */
    private final String field;

    /** What follows the field's name. */
    private final String problem;

    private Unfit(String field, String problem) {
        super(problem, null, false, false);
        this.field = field;
        this.problem = problem;
    }

    /** Something with a reason of its own, such as "generation 0: the first is 1". */
    public static Unfit because(String reason) {
        return new Unfit("", ": " + reason);
    }

    /** Something that is said of a field, such as "is missing". */
    static Unfit of(String predicate) {
        return new Unfit("", " " + predicate);
    }

    /** The same, within a field; {@code name} may come from the data. */
    Unfit in(String name) {
        String shown = Text.escaped(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name);
        String joint = field.isEmpty() || field.startsWith("[") ? "" : ".";
        return new Unfit(shown + joint + field, problem);
    }

    /** What the kind reads; what a value refused when it was made is unfit for that reason. */
    static <T> T reasoned(Kind<T> kind, Json value) {
        try {
            return kind.read(value);
        } catch (IllegalArgumentException e) {
            throw because(Text.escaped(String.valueOf(e.getMessage())));
        }
    }

    /** One line for people. */
    public String why() {
        if (!field.isEmpty()) {
            return "field " + field + problem;
        }
        return problem.startsWith(": ") ? problem.substring(2) : "the data" + problem;
    }
}
