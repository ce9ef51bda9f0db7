package io.stead.cli.explain;

import io.stead.audit.Entry;
import io.stead.cli.cluster.Line;
import io.stead.cli.render.Ages;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the history tells of a service and its assignment does not: when something was decided, and who asked for it. */
record Told(ServiceName service, List<Line> history, Instant now) {
    private static final String REQUEST = "request ";
    private static final String ACCEPTED = ": accepted";
    private static final Pattern NODE = Pattern.compile(" --(?:to|node) (\\S+)");

    /** When something of the service was last decided for this reason. */
    Optional<Instant> decided(String reason) {
        return newest().stream()
                .filter(e ->
                        e.resource().equals("service " + service) && e.why().equals(reason))
                .map(Entry::at)
                .findFirst();
    }

    /** The last of these verbs that was accepted: {@code transfer db --to n2, 3m ago by ann@desk: disk swap}. */
    Optional<String> asked(String... verbs) {
        return last(verbs).map(e -> words(e) + ", " + Ages.of(e.at(), now) + " " + e.why());
    }

    /** The node that the last of these verbs named, if it did. */
    Optional<NodeId> named(String... verbs) {
        return last(verbs)
                .map(e -> NODE.matcher(words(e)))
                .filter(Matcher::find)
                .map(m -> new NodeId(m.group(1)));
    }

    private Optional<Entry> last(String... verbs) {
        return newest().stream()
                .filter(e -> e.resource().startsWith(REQUEST) && e.what().contains(ACCEPTED))
                .filter(e ->
                        Arrays.stream(verbs).anyMatch(verb -> (words(e) + " ").startsWith(verb + " " + service + " ")))
                .findFirst();
    }

    private static String words(Entry request) {
        return request.what().substring(0, request.what().indexOf(ACCEPTED));
    }

    private List<Entry> newest() {
        return history.reversed().stream().map(Line::entry).toList();
    }
}
