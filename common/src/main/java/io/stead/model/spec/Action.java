package io.stead.model.spec;

import io.stead.model.Text;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One action of a service (B17–B20, C10): what to run, with which parameters, and for how long at most.
 *
 * @param params reach a file as {@code STEAD_PARAM_<NAME>}, an OCF agent as {@code OCF_RESKEY_<name>}; OCF's own are in
 *     small letters
 * @param args reach it as whole argv elements
 */
public record Action(Target target, Map<String, String> params, List<String> args, Duration timeout) {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");
    private static final Pattern OCF_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

    public Action {
        params = Collections.unmodifiableMap(new TreeMap<>(params));
        args = List.copyOf(args);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: use a duration above zero");
        }
        Pattern form = target instanceof Target.Ocf ? OCF_NAME : NAME;
        params.keySet().forEach(name -> checkName(name, form));
    }

    private static void checkName(String name, Pattern form) {
        if (!form.matcher(name).matches()) {
            String letters = form == NAME ? "A-Z 0-9 _" : "A-Z a-z 0-9 _";
            throw new IllegalArgumentException(
                    "parameter " + Text.quoted(name) + ": use " + letters + ", beginning with a letter");
        }
    }
}
