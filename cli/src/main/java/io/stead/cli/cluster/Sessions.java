package io.stead.cli.cluster;

import io.stead.schema.session.Session;
import io.stead.schema.session.SessionState;
import io.stead.schema.store.OperatorStore;
import java.util.function.Supplier;

/** The way to the store over one session after another: a verb may wait, or follow, for longer than a session lives. */
final class Sessions implements Supplier<OperatorStore>, AutoCloseable {
    private final Session.Settings settings;
    private Session session;
    private OperatorStore store;

    Sessions(Session.Settings settings, Session first) {
        this.settings = settings;
        this.session = first;
        this.store = new OperatorStore(first.znodes());
    }

    /** The same for as long as its session lives. */
    @Override
    public OperatorStore get() {
        if (session.state() instanceof SessionState.Gone gone) {
            if (gone.why() == SessionState.Why.AUTH_FAILED) {
                throw StoreCluster.notAllowed(settings.connect());
            }
            session.close();
            session = Session.open(settings);
            store = new OperatorStore(session.znodes());
        }
        return store;
    }

    @Override
    public void close() {
        session.close();
    }
}
