package io.stead.it.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * A service of a test: its spec, with the actions of {@code play.sh}.
 *
 * @param is what runs: {@code web}, {@code idle} or {@code claim}
 * @param port of a web server, plus the node's number
 * @param keys lines of the spec, such as {@code placement: {prefer: [n1]}}
 */
public record Play(String name, String is, int port, Stage stage, List<String> verbs, List<String> keys) {
    /** The same with these verbs, too; start and stop it has anyway. */
    public Play with(String... more) {
        List<String> all = new ArrayList<>(verbs);
        all.addAll(List.of(more));
        return new Play(name, is, port, stage, List.copyOf(all), keys);
    }

    /** The same with another line in its spec. */
    public Play key(String line) {
        List<String> all = new ArrayList<>(keys);
        all.add(line);
        return new Play(name, is, port, stage, verbs, List.copyOf(all));
    }

    /** The same with a placement, in YAML's flow style without its braces. */
    public Play placed(String placement) {
        return key("placement: {" + placement + "}");
    }

    public Play below(Play parent) {
        return key("parent: " + parent.name());
    }

    public boolean isWeb() {
        return is.equals("web");
    }

    int port(String node) {
        return port + Stage.number(node);
    }

    /** The document for {@code stead apply}. */
    String document() {
        StringBuilder text = new StringBuilder("---\nkind: service\nname: " + name + "\n");
        keys.forEach(line -> text.append(line).append('\n'));
        text.append("actions:\n");
        for (String verb : verbs) {
            text.append("  %s: {run: play, timeout: 30s, params: {STAGE: \"%s\", IS: %s, PORT: \"%d\"}}%n"
                    .formatted(verb, stage.directory(), is, port));
        }
        return text.toString();
    }
}
