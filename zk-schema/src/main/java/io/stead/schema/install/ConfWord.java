package io.stead.schema.install;

import io.stead.schema.servers.FourLetters;
import io.stead.schema.spec.ConnectString;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server's answer to the four-letter word {@code conf}.
 *
 * @param answer a sentence instead where it is not allowed or the server does not serve; empty where it is down
 */
record ConfWord(String answer) {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Pattern SYNC_LIMIT = Pattern.compile("^syncLimit=(\\d{1,9})\\s*$", Pattern.MULTILINE);
    private static final Pattern TICK = Pattern.compile("^tickTime=(\\d{1,9})\\s*$", Pattern.MULTILINE);

    /** May block for two seconds. That a server is down is no error, there are others. */
    static ConfWord of(ConnectString.Server server) {
        InetSocketAddress address = InetSocketAddress.createUnresolved(server.host(), server.port());
        return FourLetters.ask(address, "conf", PATIENCE) instanceof FourLetters.Answer.Text text
                ? new ConfWord(text.text())
                : new ConfWord("");
    }

    boolean isForbidden() {
        return answer.contains("not in the whitelist");
    }

    Optional<Duration> tick() {
        Matcher matcher = TICK.matcher(answer);
        return matcher.find() ? Optional.of(Duration.ofMillis(Long.parseLong(matcher.group(1)))) : Optional.empty();
    }

    Optional<Integer> syncLimit() {
        Matcher matcher = SYNC_LIMIT.matcher(answer);
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }
}
