package io.stead.schema.layout;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import java.util.List;
import java.util.Optional;

/**
 * Every path of Stead in ZooKeeper, relative to the installation's chroot (design.md §4). Each subtree has one writer,
 * named beside it. Nothing outside {@code zk-schema} knows a path.
 */
public final class Layout {
    /** The version of this layout and of what the znodes say; an agent refuses a newer one. */
    public static final int SCHEMA_VERSION = 1;

    /** Schema version and cluster id; the installer. */
    public static final String SCHEMA = "/schema";

    /** What is wanted; operators. Its data is rewritten by every apply, so that two at once are serialised. */
    public static final String SPECS = "/specs";

    public static final String SERVICE_SPECS = "/specs/services";

    /** What operators ask of the leader; operators. */
    public static final String REQUESTS = "/requests";

    /** What became of it; the leader. */
    public static final String ANSWERS = "/answers";

    /** Presence, ephemeral; each node its own, as are the four that follow. */
    public static final String MEMBERS = "/members";

    public static final String STATUS = "/status";
    public static final String LEASES = "/lease";
    public static final String HOLDINGS = "/holdings";
    public static final String SERVICE_HOLDINGS = "/holdings/services";
    public static final String REPORTS = "/reports";

    /** How far each node has acknowledged the transitions; each node its own. */
    public static final String ACKS = "/acks";

    /** What operators asked of nodes, for as long as it holds; the leader, as are those that follow. */
    public static final String OVERRIDES = "/overrides";

    /** What operators are at work on, so that it is left alone. */
    public static final String MAINTENANCE = "/maintenance";

    public static final String ASSIGNMENTS = "/assignments";
    public static final String SERVICE_ASSIGNMENTS = "/assignments/services";
    public static final String ADDRESS_ASSIGNMENTS = "/assignments/addresses";
    public static final String TRANSITIONS = "/transitions";
    public static final String EPOCH = "/epoch";
    public static final String HISTORY = "/history";
    public static final String DNS = "/dns";

    /** Curator's latch. */
    public static final String LEADER = "/leader";

    /** The kinds of spec, each a parent under {@link #SPECS}. */
    public static final List<String> SPEC_KINDS =
            List.of("services", "groups", "tests", "loads", "events", "subsystems", "nodes");

    private Layout() {}

    public static String spec(ServiceName service) {
        return SERVICE_SPECS + "/" + service;
    }

    public static String request(String id) {
        return REQUESTS + "/" + id;
    }

    public static String answer(String requestId) {
        return ANSWERS + "/" + requestId;
    }

    public static String member(NodeId node) {
        return MEMBERS + "/" + node;
    }

    public static String status(NodeId node) {
        return STATUS + "/" + node;
    }

    public static String lease(NodeId node) {
        return LEASES + "/" + node;
    }

    /** The parent of everybody's holdings of a service; made by the leader with the service's assignment. */
    public static String holdings(ServiceName service) {
        return SERVICE_HOLDINGS + "/" + service;
    }

    public static String holding(ServiceName service, NodeId node) {
        return holdings(service) + "/" + node;
    }

    public static String reports(NodeId node) {
        return REPORTS + "/" + node;
    }

    public static String override(NodeId node) {
        return OVERRIDES + "/" + node;
    }

    public static String assignment(ServiceName service) {
        return SERVICE_ASSIGNMENTS + "/" + service;
    }

    /** ZooKeeper appends ten digits to it, which order the entries. */
    public static String historyEntry() {
        return HISTORY + "/";
    }

    /** The last segment of a path. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Everything before the last segment. */
    public static String parent(String path) {
        int at = path.lastIndexOf('/');
        return at == 0 ? "/" : path.substring(0, at);
    }

    /** Whether a path is the root itself or lies under it. */
    public static boolean isWithin(String root, String path) {
        return path.startsWith(root)
                && (path.length() == root.length() || root.equals("/") || path.charAt(root.length()) == '/');
    }

    /** The service whose spec, assignment or holding a path is, where it is one. */
    public static Optional<ServiceName> serviceOf(String path) {
        for (String parent : List.of(SERVICE_SPECS, SERVICE_ASSIGNMENTS, SERVICE_HOLDINGS)) {
            if (isWithin(parent, path) && path.length() > parent.length()) {
                String rest = path.substring(parent.length() + 1);
                int slash = rest.indexOf('/');
                return serviceName(slash < 0 ? rest : rest.substring(0, slash));
            }
        }
        return Optional.empty();
    }

    private static Optional<ServiceName> serviceName(String text) {
        try {
            return Optional.of(new ServiceName(text));
        } catch (IllegalArgumentException e) {
            // Somebody else's znode under our chroot: it belongs to no service.
            return Optional.empty();
        }
    }
}
