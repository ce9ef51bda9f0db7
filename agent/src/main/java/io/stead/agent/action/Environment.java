package io.stead.agent.action;

import io.stead.agent.program.Program;
import io.stead.agent.program.Refusal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The whole environment of an action (C12), but for what an OCF agent is told in addition. Names are fixed or start with
 * STEAD_, so that no spec can set one that a shell, the loader or an interpreter obeys (BASH_FUNC_…, LD_PRELOAD, BASH_ENV,
 * PYTHONPATH).
 */
final class Environment {
    private static final Pattern PARAMETER = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");
    private static final Pattern OCF_PARAMETER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final Pattern EXTRA = Pattern.compile("STEAD_[A-Z][A-Z0-9_]{0,94}");
    private static final String PARAMETER_PREFIX = "STEAD_PARAM_";
    /** The launcher sets it for the program alone, or it would be taken for a part of the service itself. */
    private static final Set<String> RESERVED = Set.of("STEAD_COOKIE");

    private Environment() {}

    /** What in the call cannot be handed to a program. */
    static Optional<Refusal> flaw(ActionCall call) {
        for (Map.Entry<String, String> parameter : call.params().entrySet()) {
            Pattern form = call.program() instanceof Program.Ocf ? OCF_PARAMETER : PARAMETER;
            if (!form.matcher(parameter.getKey()).matches()) {
                return Optional.of(new Refusal.BadVariable(parameter.getKey()));
            }
            if (parameter.getValue().indexOf('\0') >= 0) {
                return Optional.of(new Refusal.BadValue(parameter.getKey()));
            }
        }
        Set<String> fixed = fixed(call, Path.of("/")).keySet();
        for (String name : call.extra().keySet()) {
            boolean taken = name.startsWith(PARAMETER_PREFIX) || fixed.contains(name) || RESERVED.contains(name);
            if (taken || !EXTRA.matcher(name).matches()) {
                return Optional.of(new Refusal.BadVariable(name));
            }
        }
        for (String argument : call.args()) {
            if (argument.indexOf('\0') >= 0) {
                return Optional.of(new Refusal.BadValue("an argument"));
            }
        }
        return of(call, Path.of("/")).entrySet().stream()
                .filter(variable -> variable.getValue().indexOf('\0') >= 0)
                .findFirst()
                .map(variable -> new Refusal.BadValue(variable.getKey()));
    }

    static Map<String, String> of(ActionCall call, Path file) {
        Map<String, String> variables = fixed(call, file);
        variables.putAll(call.extra());
        if (call.program() instanceof Program.File) {
            call.params().forEach((name, value) -> variables.put(PARAMETER_PREFIX + name, value));
        }
        return variables;
    }

    private static Map<String, String> fixed(ActionCall call, Path file) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        variables.put("LANG", "C.UTF-8");
        variables.put("HOME", "/");
        variables.put("STEAD_ACTION", call.verb().text());
        variables.put("STEAD_ACTION_FILE", file.toString());
        variables.put("STEAD_SERVICE", call.service());
        variables.put("STEAD_NODE", call.node());
        variables.put("STEAD_HOLDER", call.holder());
        variables.put("STEAD_FENCE", Long.toString(call.fence()));
        variables.put("STEAD_GENERATION", Long.toString(call.generation()));
        return variables;
    }
}
