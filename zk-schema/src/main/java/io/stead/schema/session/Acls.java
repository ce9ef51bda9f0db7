package io.stead.schema.session;

import io.stead.schema.znode.Access;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** ZooKeeper's ACLs for each kind of access. */
final class Acls {
    private final Map<Access, List<ACL>> byAccess = new EnumMap<>(Access.class);

    Acls(Credentials credentials) {
        for (Access access : Access.values()) {
            byAccess.put(
                    access, credentials.grants().map(g -> digests(access, g)).orElse(ZooDefs.Ids.OPEN_ACL_UNSAFE));
        }
    }

    List<ACL> of(Access access) {
        List<ACL> acl = byAccess.get(access);
        if (acl == null) {
            throw new IllegalStateException("no ACL for " + access);
        }
        return acl;
    }

    private static List<ACL> digests(Access access, Credentials.Grants grants) {
        List<ACL> acl = new ArrayList<>();
        add(acl, access.operators(), grants.operators());
        add(acl, access.agents(), grants.agents());
        add(acl, access.own(), grants.own().orElse(grants.agents()));
        return List.copyOf(acl);
    }

    private static void add(List<ACL> acl, String letters, String id) {
        if (!letters.isEmpty()) {
            acl.add(new ACL(letters.chars().map(Acls::bit).sum(), new Id("digest", id)));
        }
    }

    private static int bit(int letter) {
        return switch (letter) {
            case 'c' -> ZooDefs.Perms.CREATE;
            case 'd' -> ZooDefs.Perms.DELETE;
            case 'r' -> ZooDefs.Perms.READ;
            case 'w' -> ZooDefs.Perms.WRITE;
            case 'a' -> ZooDefs.Perms.ADMIN;
            default -> throw new IllegalArgumentException("no permission " + (char) letter);
        };
    }
}
