package io.stead.schema.servers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one server says of its part in the ensemble, by {@code srvr}.
 *
 * <pre>
 *   "Mode: leader", "Mode: standalone"         LEADING
 *   "Mode: follower", "Mode: observer"         FOLLOWING
 *   "Mode: read-only"                          READ_ONLY
 *   "… is not currently serving requests"      NOT_SERVING
 *   the connection is refused                  REFUSED
 *   anything else, or nothing                  UNKNOWN
 * </pre>
 */
public enum ServerWord {
    LEADING,
    FOLLOWING,
    READ_ONLY,
    NOT_SERVING,
    REFUSED,
    UNKNOWN;

    private static final Pattern MODE = Pattern.compile("^Mode: (\\S+)\\s*$", Pattern.MULTILINE);
    private static final String NOT_SERVING_SENTENCE = "not currently serving requests";

    /** Asks the server; may block for twice the patience. */
    public static ServerWord of(InetSocketAddress server, Duration patience) {
        return switch (FourLetters.ask(server, "srvr", patience)) {
            case FourLetters.Answer.Text text -> parsed(text.text());
            case FourLetters.Answer.Refused _ -> REFUSED;
            case FourLetters.Answer.Silent _ -> UNKNOWN;
        };
    }

    static ServerWord parsed(String answer) {
        Matcher mode = MODE.matcher(answer);
        if (mode.find()) {
            return switch (mode.group(1)) {
                case "leader", "standalone" -> LEADING;
                case "follower", "observer" -> FOLLOWING;
                case "read-only" -> READ_ONLY;
                default -> UNKNOWN;
            };
        }
        return answer.contains(NOT_SERVING_SENTENCE) ? NOT_SERVING : UNKNOWN;
    }

    /** Whether a session can be had there. */
    public boolean isServing() {
        return this == LEADING || this == FOLLOWING;
    }

    /** Whether, by its own word, it neither leads nor follows anybody; a refusal is no word of its own. */
    public boolean isWithoutLeader() {
        return this == READ_ONLY || this == NOT_SERVING;
    }
}
