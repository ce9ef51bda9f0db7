package io.stead.agent.program;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an OCF resource agent is told beside its action's name (OCF Resource Agent API 1.0, Parameter passing). */
public final class OcfEnvironment {
    /** Where the API has the agents. */
    static final Path ROOT = Path.of("/usr/lib/ocf");

    private static final String PARAMETER = "OCF_RESKEY_";

    private OcfEnvironment() {}

    /**
     * The variables.
     *
     * @param instance the service
     * @param scratch where the agents keep what they know until the next boot; they call it HA_RSCTMP
     */
    public static Map<String, String> of(
            Program.Ocf program, String instance, Map<String, String> params, Duration timeout, Path scratch) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("OCF_ROOT", ROOT.toString());
        variables.put("OCF_RA_VERSION_MAJOR", "1");
        variables.put("OCF_RA_VERSION_MINOR", "0");
        variables.put("OCF_RESOURCE_INSTANCE", instance);
        variables.put("OCF_RESOURCE_PROVIDER", program.provider());
        variables.put("OCF_RESOURCE_TYPE", program.type());
        variables.put("HA_RSCTMP", scratch.toString());
        variables.put("HA_LOGFACILITY", "none");
        variables.put("HA_logfile", "/dev/stderr");
        variables.put(PARAMETER + "CRM_meta_timeout", Long.toString(timeout.toMillis()));
        params.forEach((name, value) -> variables.put(PARAMETER + name, value));
        return variables;
    }

    /** What an exit code says, for people (OCF Resource Agent API 1.0, Return codes). */
    public static String meaning(int code) {
        return switch (code) {
            case 1 -> "generic error";
            case 2 -> "wrong parameters";
            case 3 -> "it does not know this action";
            case 4 -> "it may not do that";
            case 5 -> "what it needs is not installed here";
            case 6 -> "it is not configured rightly";
            case 7 -> "not running";
            case 8 -> "running as the promoted instance";
            case 9 -> "failed as the promoted instance";
            default -> "no code of the OCF";
        };
    }
}
