package io.stead.schema.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a session shows to ZooKeeper, and whom it lets in to what it makes.
 *
 * @param secrets shown; those of an agent are the agents' common one and its own
 * @param grants named in the ACLs of what is made; without them everything is open to everybody
 */
public record Credentials(List<Secret> secrets, Optional<Grants> grants) {
    /** No credentials and no ACLs: for tests, and for installations that were made so. */
    public static final Credentials OPEN = new Credentials(List.of(), Optional.empty());

    public Credentials {
        secrets = List.copyOf(secrets);
    }

    /** The same for one agent, which has a secret that no other agent has. */
    public Credentials withOwn(Secret own) {
        List<Secret> all = new ArrayList<>(secrets);
        all.add(own);
        return new Credentials(all, grants.map(g -> new Grants(g.operators(), g.agents(), Optional.of(own.id()))));
    }

    /**
     * Digest ids ({@link Secret#id}) of the roles.
     *
     * @param own of the one agent, where it is one
     */
    public record Grants(String operators, String agents, Optional<String> own) {}
}
