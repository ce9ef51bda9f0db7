package io.stead.agent.config;

import io.stead.model.NodeId;
import io.stead.model.Text;
import io.stead.schema.spec.ConnectString;
import io.stead.schema.yaml.NearMiss;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * The command line: {@code --flag VALUE} or {@code --flag=VALUE}, each once. What is wrong with it is an
 * {@link IllegalArgumentException} whose message is one line.
 */
record Flags(Given given, Optional<Path> config, boolean replace, boolean help) {
    static Flags read(List<String> args) {
        Map<Flag, String> values = values(args);
        Given given = new Given(
                value(values, Flag.ZK, ConnectString::parse),
                value(values, Flag.SESSION, AgentConfig.SESSION::parse),
                value(values, Flag.CREDENTIALS, file -> AgentConfig.Credentials.of(file, Flag.CREDENTIALS.toString())),
                value(values, Flag.NODE, NodeId::new),
                value(values, Flag.DATA_DIR, ConfigFile::path),
                value(values, Flag.ACTIONS_DIR, ConfigFile::path),
                value(values, Flag.HTTP, HostPort::parse),
                value(values, Flag.LEAVE_ON_STOP, Flags::truth));
        return new Flags(
                given,
                value(values, Flag.CONFIG, ConfigFile::path),
                value(values, Flag.REPLACE, Flags::truth).orElse(false),
                values.containsKey(Flag.HELP));
    }

    private static Map<Flag, String> values(List<String> args) {
        Map<Flag, String> values = new EnumMap<>(Flag.class);
        Queue<String> left = new ArrayDeque<>(args);
        while (!left.isEmpty()) {
            String arg = left.remove();
            int equals = arg.indexOf('=');
            Flag flag = flag(equals < 0 ? arg : arg.substring(0, equals));
            String value = equals < 0 ? following(flag, left) : arg.substring(equals + 1);
            if (values.put(flag, value) != null) {
                throw new IllegalArgumentException(flag + ": given twice");
            }
        }
        return values;
    }

    private static Flag flag(String name) {
        return Flag.of(name.equals("-h") ? "--help" : name).orElseThrow(() -> {
            List<String> known =
                    Arrays.stream(Flag.values()).map(Flag::toString).toList();
            return new IllegalArgumentException(
                    "unknown flag " + Text.quoted(name) + ": " + NearMiss.advice(name, known));
        });
    }

    private static String following(Flag flag, Queue<String> left) {
        if (flag.value.isEmpty()) {
            return "true";
        }
        String next = left.peek();
        if (next == null || next.startsWith("--")) {
            throw new IllegalArgumentException(flag + ": give " + flag.value);
        }
        return left.remove();
    }

    private static <T> Optional<T> value(Map<Flag, String> values, Flag flag, Function<String, T> read) {
        return Optional.ofNullable(values.get(flag)).map(text -> named(flag.toString(), text, read));
    }

    /** The value, or what is wrong with it under the name of the flag or variable it came from. */
    static <T> T named(String name, String text, Function<String, T> read) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static Boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(Text.quoted(text) + ": use true or false");
        }
        return Boolean.valueOf(text);
    }
}
