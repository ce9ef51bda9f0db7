package io.stead.agent.program;

import io.stead.model.spec.Target;

/** What an action executes. */
public sealed interface Program {
    /** A file of that name in the host's actions directory, as the spec has it; checked when it is run. */
    record File(String name) implements Program {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A systemd unit, as {@code unit.sh} has systemd run it. */
    record Unit(Target.Systemd unit) implements Program {
        @Override
        public String toString() {
            return unit.unit();
        }
    }

    /** An OCF resource agent. */
    record Ocf(Target.Ocf agent) implements Program {
        String provider() {
            return agent.agent().substring(0, agent.agent().indexOf(':'));
        }

        String type() {
            return agent.agent().substring(agent.agent().indexOf(':') + 1);
        }

        @Override
        public String toString() {
            return agent.agent();
        }
    }
}
