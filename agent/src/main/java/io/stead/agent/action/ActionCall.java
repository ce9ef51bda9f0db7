package io.stead.agent.action;

import io.stead.agent.program.Program;
import io.stead.model.spec.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One run of one verb. Service, verb, generation and attempt name it; a restarted agent asks by them what became of it.
 *
 * @param service the service (or group) it is for; a validated name
 * @param attempt counts the runs of this verb in this generation
 * @param program what is executed; checked when it is run
 * @param params become STEAD_PARAM_NAME, of an OCF agent OCF_RESKEY_name; names are checked when it is run
 * @param args whole elements of argv
 * @param timeout from the launcher's start; longer than zero
 * @param exclusive whether it may only begin while the node's lease lasts
 * @param node this node
 * @param holder the node that holds the service
 * @param fence grows with each assignment of the service; a program may refuse a smaller one than it has seen
 * @param extra further variables, STEAD_SOCKET, STEAD_IN_NAME and so on; names are checked when it is run
 */
public record ActionCall(
        String service,
        Verb verb,
        long generation,
        int attempt,
        Program program,
        Map<String, String> params,
        List<String> args,
        Duration timeout,
        boolean exclusive,
        String node,
        String holder,
        long fence,
        Map<String, String> extra) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public ActionCall {
        if (!NAME.matcher(service).matches()) {
            throw new IllegalArgumentException("no service's name: " + service);
        }
        if (generation < 0 || attempt < 0) {
            throw new IllegalArgumentException("generation and attempt don't run below 0");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("a time limit is longer than " + timeout);
        }
        params = Map.copyOf(params);
        args = List.copyOf(args);
        extra = Map.copyOf(extra);
    }

    /** The name of this run's files: no two calls for a service share it. */
    String key() {
        return key(verb, generation, attempt);
    }

    static String key(Verb verb, long generation, int attempt) {
        return verb.text() + "-" + generation + "-" + attempt;
    }
}
