package io.stead.agent.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the process finds around it. */
record Surroundings(Map<String, String> environment, Path home, boolean root) {
    static Surroundings here() {
        // As the CLI does: what the user's shell calls home, which need not be what /etc/passwd does.
        String home = System.getenv().getOrDefault("HOME", "");
        return new Surroundings(
                System.getenv(),
                Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home),
                "root".equals(System.getProperty("user.name")));
    }

    /** A variable, unless it is empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    Path configHome() {
        return directory("XDG_CONFIG_HOME", ".config");
    }

    Path stateHome() {
        return directory("XDG_STATE_HOME", ".local/state");
    }

    /** The XDG specification has relative ones ignored. */
    private Path directory(String variable, String otherwise) {
        return variable(variable).map(Path::of).filter(Path::isAbsolute).orElseGet(() -> home.resolve(otherwise));
    }
}
