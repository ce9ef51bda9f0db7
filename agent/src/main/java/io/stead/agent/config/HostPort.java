package io.stead.agent.config;

import io.stead.model.Text;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to listen: {@code 127.0.0.1:7070}, {@code [::1]:7070}; an IPv6 address as {@code host} is without brackets. */
public record HostPort(String host, int port) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,252})|\\[(?<six>[0-9A-Fa-f:.]{2,45})\\]):(?<port>\\d{1,5})");

    public HostPort {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + ": use 0 to 65535");
        }
    }

    public static HostPort parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(Text.quoted(text) + ": write HOST:PORT, such as 127.0.0.1:7070");
        }
        String host = Optional.ofNullable(m.group("six")).orElseGet(() -> m.group("name"));
        return new HostPort(host, Integer.parseInt(m.group("port")));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
