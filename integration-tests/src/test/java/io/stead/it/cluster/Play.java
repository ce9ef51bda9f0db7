package io.stead.it.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * A service of a test: its spec, with the actions of {@code play.sh}.
 *
 * @param is what runs: {@code web}, {@code idle} or {@code locked}
 * @param port of a web server, plus the node's number
 * @param start the file of its start command; all others are {@code play}
 * @param limit how long each command may take
 * @param keys lines of the spec, such as {@code placement: {prefer: [n1]}}
 */
public record Play(
        Stage stage,
        String name,
        String is,
        int port,
        String start,
        String limit,
        List<String> verbs,
        List<String> keys) {
    Play(Stage stage, String name, String is, int port) {
        this(stage, name, is, port, "play", "30s", List.of("start", "stop"), List.of());
    }

    /** The same with these verbs, too; start and stop it has anyway. */
    public Play with(String... more) {
        return new Play(stage, name, is, port, start, limit, joined(verbs, List.of(more)), keys);
    }

    /** The same with these lines of the spec's {@code actions}, and no others. */
    public Play acting(String... lines) {
        return new Play(stage, name, is, port, start, limit, List.of(lines), keys);
    }

    /** The same with one more line of the spec's {@code actions}. */
    public Play alsoActing(String line) {
        return with(line);
    }

    /** An action's value that has {@code play.sh} do it. */
    public String played() {
        return "run: play, params: {STAGE: \"%s\", IS: %s, PORT: \"%d\"}".formatted(stage.directory(), is, port);
    }

    /** The same with another time limit for its commands. */
    public Play limited(String span) {
        return new Play(stage, name, is, port, start, span, verbs, keys);
    }

    /** The same with another file as its start command. */
    public Play startedBy(String file) {
        return new Play(stage, name, is, port, file, limit, verbs, keys);
    }

    /** The same with another line in its spec. */
    public Play key(String line) {
        return new Play(stage, name, is, port, start, limit, verbs, joined(keys, List.of(line)));
    }

    /** The same with a placement, in YAML's flow style without its braces. */
    public Play placed(String placement) {
        return key("placement: {" + placement + "}");
    }

    public Play below(Play parent) {
        return key("parent: " + parent.name());
    }

    /** The same on every able node, rather than on one. */
    public Play everywhere() {
        return placed("policy: all");
    }

    boolean isEverywhere() {
        return keys.contains(everywhere().keys.getLast());
    }

    boolean isWeb() {
        return is.equals("web");
    }

    int port(String node) {
        return port + Stage.number(node);
    }

    /** The document for {@code stead apply}. */
    public String document() {
        StringBuilder text = new StringBuilder("---\nkind: service\nname: " + name + "\n");
        keys.forEach(line -> text.append(line).append('\n'));
        text.append("actions:\n");
        for (String verb : verbs) {
            if (verb.contains(": ")) {
                text.append("  ").append(verb).append('\n');
                continue;
            }
            text.append("  %s: {run: %s, timeout: %s, params: {STAGE: \"%s\", IS: %s, PORT: \"%d\"}}%n"
                    .formatted(verb, verb.equals("start") ? start : "play", limit, stage.directory(), is, port));
        }
        return text.toString();
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
