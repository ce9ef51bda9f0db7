package io.stead.cli.dev;

import io.stead.model.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Everything of one trial on disk: data, logs, credentials, the sample service. Nobody else may write there. */
record TrialDirectory(Path root) {
    private static final String HELLO = "hello";

    private static final String CONFIGURATION = """
        # Without root there may be no cgroups, and an agent would refuse exclusive services, since it can't be sure to find
        # all that forks away from one. In a trial on one machine that is good enough.
        addresses: {safety: fast}
        """;

    /** A new one that is removed in the end. */
    static TrialDirectory temporary() throws IOException {
        return furnished(Files.createTempDirectory("stead-dev-").toRealPath());
    }

    /** One of the caller's choice, which must be empty. */
    static TrialDirectory at(Path chosen) throws IOException {
        Files.createDirectories(chosen);
        try (Stream<Path> entries = Files.list(chosen)) {
            if (entries.findAny().isPresent()) {
                throw new IOException(chosen + " is not empty: name a new directory");
            }
        }
        Files.setPosixFilePermissions(chosen, PosixFilePermissions.fromString("rwx------"));
        return furnished(chosen.toRealPath());
    }

    private static TrialDirectory furnished(Path root) throws IOException {
        TrialDirectory directory = new TrialDirectory(root);
        Files.createDirectory(
                directory.actions(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path hello = Files.writeString(directory.actions().resolve(HELLO), resource(HELLO), StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(hello, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(directory.configuration(), CONFIGURATION, StandardCharsets.UTF_8);
        Files.writeString(directory.spec(), directory.specText(), StandardCharsets.UTF_8);
        return directory;
    }

    Path actions() {
        return root.resolve("actions");
    }

    Path credentials() {
        return root.resolve("credentials");
    }

    Path operatorCredentials() {
        return credentials().resolve("operator.credentials");
    }

    Path agentCredentials() {
        return credentials().resolve("agent.credentials");
    }

    /** What all agents of the trial are told. */
    Path configuration() {
        return root.resolve("agent.yaml");
    }

    Path zookeeper() {
        return root.resolve("zookeeper");
    }

    Path data(NodeId node) {
        return root.resolve(node.value());
    }

    Path log(String process) {
        return root.resolve(process + ".log");
    }

    /** The file that the sample service writes. */
    Path hello() {
        return root.resolve("hello.txt");
    }

    Path spec() {
        return root.resolve("hello.yaml");
    }

    private String specText() {
        return """
            # The sample service. `stead apply -f %s` stores what you change here.
            kind: service
            name: hello
            placement: {prefer: [n1, n2]}
            actions:
              start: {run: hello, params: {FILE: "%s"}, timeout: 10s}
              stop: {run: hello, params: {FILE: "%s"}, timeout: 10s}
            """.formatted(spec(), hello(), hello());
    }

    static String resource(String name) throws IOException {
        try (InputStream in = TrialDirectory.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the program is incomplete: it has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The last words of a process, for an error; empty when it said nothing. */
    String lastWords(String process) {
        try {
            List<String> lines = Files.readAllLines(log(process), StandardCharsets.UTF_8);
            return lines.isEmpty() ? "" : lines.getLast();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
