package io.stead.agent.config;

import io.stead.schema.yaml.YamlValue;
import java.util.Arrays;
import java.util.Optional;

/** What may stand on the command line. */
enum Flag {
    ZK("CONNECT", "ZooKeeper, as HOST:PORT,HOST:PORT/PATH; default 127.0.0.1:2181/stead; also STEAD_ZK"),
    NODE("ID", "this host's name in the cluster; must be given here or in the file"),
    CONFIG("FILE", "the configuration, in YAML; flags override it"),
    DATA_DIR("DIR", "this node's state; default /var/lib/stead, without root ~/.local/state/stead/ID"),
    ACTIONS_DIR("DIR", "the files that specs may run; default /etc/stead/actions.d"),
    HTTP("HOST:PORT", "for health, metrics and console, which this version does not serve yet"),
    SESSION("SPAN", "how long a silent host is waited for, 1s to 60s; default 2s"),
    CREDENTIALS("FILE", "the agents' digest; default ~/.config/stead/agent.credentials; also STEAD_CREDENTIALS"),
    LEAVE_ON_STOP("", "leave the cluster when stopped, instead of expecting to be restarted"),
    REPLACE("", "take over from the agent that runs as this node: load first, then have it stop"),
    HELP("", "print this");

    /** What the value is called; empty for a flag that needs none. */
    final String value;

    final String help;

    Flag(String value, String help) {
        this.value = value;
        this.help = help;
    }

    static Optional<Flag> of(String name) {
        return Arrays.stream(values()).filter(f -> f.toString().equals(name)).findFirst();
    }

    static String usage() {
        StringBuilder text = new StringBuilder("usage: stead agent --zk CONNECT --node ID [FLAG …]\n\n");
        for (Flag flag : values()) {
            text.append("  %-23s %s%n".formatted((flag + " " + flag.value).strip(), flag.help));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "--" + YamlValue.word(this);
    }
}
