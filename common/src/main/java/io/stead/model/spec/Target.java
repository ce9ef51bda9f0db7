package io.stead.model.spec;

import io.stead.model.Text;
import java.util.regex.Pattern;

/** What an action runs (C10). All three must be allowed by the host itself (C12). */
public sealed interface Target {
    /** A file of that name in the host's own actions directory. */
    record Run(String file) implements Target {
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,126}");

        public Run {
            if (!FORM.matcher(file).matches()) {
                throw new IllegalArgumentException("action file " + Text.quoted(file)
                        + ": use the bare name of a file in the host's actions directory");
            }
        }
    }

    /** A service of systemd, with its suffix; of a template an instance, such as {@code postgresql@15-main.service}. */
    record Systemd(String unit) implements Target {
        private static final int LONGEST = 255;
        private static final Pattern FORM =
                Pattern.compile("[A-Za-z0-9:_\\\\][A-Za-z0-9:_.\\\\-]*(@[A-Za-z0-9:_.@\\\\-]+)?\\.service");

        public Systemd {
            if (unit.length() > LONGEST || !FORM.matcher(unit).matches()) {
                throw new IllegalArgumentException("unit " + Text.quoted(unit)
                        + ": use a service's name as systemd has it, such as nginx.service");
            }
        }
    }

    /** An OCF resource agent, {@code provider:type}. */
    record Ocf(String agent) implements Target {
        private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._-]{0,62}";
        private static final Pattern FORM = Pattern.compile(PART + ":" + PART);

        public Ocf {
            if (!FORM.matcher(agent).matches()) {
                throw new IllegalArgumentException(
                        "OCF agent " + Text.quoted(agent) + ": use provider:type, such as heartbeat:pgsql");
            }
        }
    }
}
