package io.stead.agent.node;

import io.stead.agent.disk.Journal;
import io.stead.model.ServiceName;
import io.stead.model.service.Outcome;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Errand;
import io.stead.reconcile.Result;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which registrations this node has been notified of since its host came up (B19), on its disk: one record whose first line
 * is the boot id, then {@code SERVICE GENERATION OUTCOME} a line.
 */
final class Notes {
    private static final Logger LOG = LoggerFactory.getLogger(Notes.class);
    private static final String KEY = "notified";

    private final Journal journal;
    private final String bootId;

    Notes(Journal journal, String bootId) {
        this.journal = journal;
        this.bootId = bootId;
    }

    Map<Errand, Optional<Result>> all() throws IOException {
        String text = journal.all().records().getOrDefault(KEY, "");
        Map<Errand, Optional<Result>> found = new HashMap<>();
        if (text.lines().findFirst().filter(bootId::equals).isPresent()) {
            text.lines().skip(1).forEach(line -> read(line, found));
        }
        return found;
    }

    private static void read(String line, Map<Errand, Optional<Result>> found) {
        String[] words = line.split(" ", -1);
        try {
            Errand errand = new Errand(new ServiceName(words[0]), Long.parseLong(words[1]), Verb.NOTIFY);
            found.put(errand, Optional.of(new Result(Outcome.valueOf(words[2]), "")));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            LOG.warn("note=unreadable line=\"{}\" consequence=\"the node may be notified again\"", line);
        }
    }

    /**
     * Notes that the node was notified, before anybody hears of it; what is not among the known ones is forgotten.
     *
     * @return the result
     */
    synchronized Result ended(Set<Errand> known, Errand errand, Result result) throws IOException {
        Map<Errand, Optional<Result>> all = all();
        all.keySet().retainAll(known);
        all.put(errand, Optional.of(result));
        Map<String, String> lines = new TreeMap<>();
        all.forEach((e, r) -> {
            String key = e.service() + " " + e.generation();
            lines.put(key, key + " " + r.orElse(result).outcome());
        });
        journal.put(KEY, bootId + "\n" + String.join("\n", lines.values()));
        return result;
    }
}
