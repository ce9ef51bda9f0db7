package io.stead.cli.cluster;

import java.util.Locale;

/** The constants of enums as tables and JSON have them. */
public final class Words {
    private Words() {}

    /** {@code FORCED_LEAVING} as {@code forced-leaving}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
