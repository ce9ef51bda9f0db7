package io.stead.model.spec;

import io.stead.model.Text;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One action of a service (B17–B20, C10): what to run, with which parameters, and for how long at most.
 *
 * @param params reach the program as {@code STEAD_PARAM_<NAME>}
 * @param args reach it as whole argv elements
 */
public record Action(Target target, Map<String, String> params, List<String> args, Duration timeout) {
    public Action {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
        args = List.copyOf(args);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: use a duration above zero");
        }
        params.keySet().forEach(Action::checkName);
    }

    private static void checkName(String name) {
        if (!name.matches("[A-Z][A-Z0-9_]{0,62}")) {
            throw new IllegalArgumentException(
                    "parameter " + Text.quoted(name) + ": use A-Z 0-9 _, beginning with a letter");
        }
    }
}
