package io.stead.agent.node;

import io.stead.agent.disk.Journal;
import io.stead.model.ServiceName;
import io.stead.reconcile.Run;
import io.stead.schema.codec.Codecs;
import io.stead.schema.codec.Decoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's runs on its disk (A22): what it may have begun is never forgotten, whatever is killed. Any thread. */
final class Runs {
    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

    private final Journal journal;

    Runs(Journal journal) {
        this.journal = journal;
    }

    /** On the disk when it returns. */
    void put(Run run) throws IOException {
        journal.put(run.service().value(), text(run));
    }

    /**
     * What is about to begin: survives the agent, whatever kills it, and not yet a crash of the host. To be {@linkplain #put put}
     * soon.
     */
    void intend(Run run) throws IOException {
        journal.putSoon(run.service().value(), text(run));
    }

    private static String text(Run run) {
        return new String(Codecs.RUN.encode(run), StandardCharsets.UTF_8);
    }

    void forget(ServiceName service) throws IOException {
        journal.remove(service.value());
    }

    /** What an earlier process left; what can't be read is logged and set aside. */
    Map<ServiceName, Run> all() throws IOException {
        Journal.Contents contents = journal.all();
        contents.corrupt().forEach(c -> LOG.error("run=unreadable file={} reason=\"{}\"", c.setAside(), c.why()));
        Map<ServiceName, Run> runs = new HashMap<>();
        contents.records().forEach((key, text) -> {
            switch (Codecs.RUN.decode(key, text.getBytes(StandardCharsets.UTF_8))) {
                case Decoded.Parsed<Run> parsed -> runs.put(parsed.value().service(), parsed.value());
                case Decoded.Unreadable<Run> bad -> LOG.error("run=unreadable key={} reason=\"{}\"", key, bad.why());
            }
        });
        return runs;
    }
}
