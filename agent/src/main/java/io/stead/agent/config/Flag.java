package io.stead.agent.config;

import io.stead.schema.yaml.YamlValue;
import java.util.Arrays;
import java.util.Optional;

/** What may stand on the command line. */
enum Flag {
    ZK("CONNECT", "ZooKeeper, as HOST:PORT,HOST:PORT/PATH;\ndefault 127.0.0.1:2181/stead; also STEAD_ZK"),
    NODE("ID", "this host's name in the cluster;\nmust be given here or in the file"),
    CONFIG("FILE", "the configuration, in YAML; flags override it"),
    DATA_DIR("DIR", "this node's state; default /var/lib/stead,\nwithout root ~/.local/state/stead/ID"),
    ACTIONS_DIR("DIR", "the files that specs may run;\ndefault /etc/stead/actions.d"),
    HTTP("HOST:PORT", "for health, metrics and console,\nwhich this version does not serve yet"),
    SESSION("SPAN", "how long a silent host is waited for,\n1s to 60s; default 2s"),
    CREDENTIALS("FILE", "the agents' digest;\ndefault ~/.config/stead/agent.credentials;\nalso STEAD_CREDENTIALS"),
    LEAVE_ON_STOP("", "leave the cluster when stopped,\ninstead of expecting to be restarted"),
    REPLACE("", "take over from the agent that runs as this node:\nload first, then have it stop"),
    HELP("", "print this");

    /** Where the help of a flag goes on. */
    private static final String BESIDE = "\n" + " ".repeat(26);

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

    /** In 80 columns. */
    static String usage() {
        StringBuilder text = new StringBuilder("usage: stead agent --zk CONNECT --node ID [FLAG …]\n\n");
        for (Flag flag : values()) {
            text.append("  %-23s %s%n".formatted((flag + " " + flag.value).strip(), flag.help.replace("\n", BESIDE)));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "--" + YamlValue.word(this);
    }
}
