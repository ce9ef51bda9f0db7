package io.stead.schema.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a server is given where its configuration says nothing, in ZooKeeper's own words. Sessions of Stead want 1 to 40 s, and
 * ZooKeeper learns of a dead client, and of a dead leader, in steps of ticks (protocols.md).
 */
final class ServerDefaults {
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("tickTime", "200"),
            // A follower may take 5 s to load what it missed, and 400 ms to answer afterwards.
            Map.entry("initLimit", "25"),
            Map.entry("syncLimit", "2"),
            // The smallest stays at two ticks; ZooKeeper's own largest, 20 ticks, would be 4 s.
            Map.entry("maxSessionTimeout", "40000"),
            Map.entry("maxClientCnxns", "1000"),
            Map.entry("snapCount", "100000"),
            // In kB: a log file begins with so much instead of 64 MB.
            Map.entry("preAllocSize", "16384"),
            Map.entry("autopurge.snapRetainCount", "3"),
            Map.entry("autopurge.purgeInterval", "1"),
            Map.entry("admin.enableServer", "false"),
            Map.entry("4lw.commands.whitelist", "srvr,ruok,conf"),
            Map.entry("standaloneEnabled", "true"),
            Map.entry("reconfigEnabled", "false"),
            Map.entry("jmx.log4j.disable", "true"));

    private ServerDefaults() {}

    /** What was given, completed. */
    static Properties complete(Map<String, String> given) {
        Map<String, String> all = new TreeMap<>(VALUES);
        all.putAll(given);
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }

    /** One server for this machine alone. */
    static Map<String, String> standalone(Path dataDir, int port) {
        return Map.of(
                "dataDir", dataDir.toString(),
                "clientPort", Integer.toString(port),
                "clientPortAddress", "127.0.0.1");
    }
}
