package io.stead.cli.verb;

import io.stead.cli.render.Ages;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What has come of a request.
 *
 * @param generation of the answer, where the request was about a service
 * @param settled whether it is done, rather than only accepted
 */
record Changed(
        String verb, String resource, Optional<Long> generation, boolean settled, String sentence, Duration taken)
        implements Shown {
    @Override
    public Object tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("verb", verb);
        tree.put("resource", resource);
        tree.put("accepted", true);
        generation.ifPresent(g -> tree.put("generation", g));
        tree.put("settled", settled);
        tree.put("result", sentence);
        tree.put("millis", taken.toMillis());
        return tree;
    }

    @Override
    public void on(Page page) {
        page.line(sentence + ", " + Ages.taken(taken));
    }
}
