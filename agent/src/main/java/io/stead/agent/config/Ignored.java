package io.stead.agent.config;

import io.stead.agent.config.AgentConfig.Driver;
import java.util.ArrayList;
import java.util.List;

/** Settings that are checked but have no effect in this version: who has made one must not rely on it. */
final class Ignored {
    private Ignored() {}

    /** The keys of the configuration that say something which nobody heeds. */
    static List<String> keys(AgentConfig config) {
        List<String> keys = new ArrayList<>();
        add(keys, "http", config.http().isPresent());
        add(keys, "addresses.driver", config.addresses().driver() != Driver.KERNEL);
        add(keys, "addresses.interface", config.addresses().device().isPresent());
        add(keys, "addresses.allow", !config.addresses().allow().isEmpty());
        add(keys, "allow.dns-keys", !config.allow().dnsKeys().isEmpty());
        return keys;
    }

    private static void add(List<String> keys, String key, boolean given) {
        if (given) {
            keys.add(key);
        }
    }
}
