package io.stead.cli.dev;

import io.stead.model.NodeId;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a trial, each in a session of its own, so that an interrupt from the keyboard reaches this process
 * alone, and what follows from it has an order.
 */
final class Processes {
    /** Longer than the reaper takes at the worst. */
    private static final Duration REAPING = Duration.ofSeconds(45);

    private final Path launcher;
    private final TrialDirectory directory;
    private final Process reaper;

    /**
     * @param launcher {@code bin/stead}
     * @param name of the trial: the agents' places on this host are called after it and their nodes
     * @param remove whether the directory goes with the rest
     */
    Processes(Path launcher, TrialDirectory directory, String name, boolean remove) throws IOException {
        this.launcher = launcher;
        this.directory = directory;
        this.reaper = new ProcessBuilder(
                        "setsid",
                        "/bin/sh",
                        "-c",
                        TrialDirectory.resource("reaper.sh"),
                        "stead-dev-reaper",
                        directory.root().toString(),
                        name,
                        remove ? "remove" : "keep")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    Process zookeeper(int port) throws IOException {
        return start(
                "zookeeper",
                "STEAD_DEV_ZOOKEEPER",
                "zookeeper",
                "--data-dir",
                directory.zookeeper().toString(),
                "--port",
                Integer.toString(port));
    }

    Process agent(NodeId node, String zk) throws IOException {
        return start(
                node.value(),
                "STEAD_DEV_AGENT",
                "agent",
                "--config",
                directory.configuration().toString(),
                "--zk",
                zk,
                "--node",
                node.value(),
                "--data-dir",
                directory.data(node).toString(),
                "--actions-dir",
                directory.actions().toString(),
                "--credentials",
                directory.agentCredentials().toString(),
                "--with-parent",
                Long.toString(ProcessHandle.current().pid()));
    }

    private Process start(String name, String mark, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(directory.log(name).toFile()));
        builder.environment().put(mark, directory.root() + "/");
        builder.environment().put("STEAD_NO_BUILD", "1");
        return builder.start();
    }

    /** Ends everything, and waits for it; whatever happens to this process meanwhile, the reaper goes on. */
    void end() throws InterruptedException {
        try (OutputStream lifeline = reaper.getOutputStream()) {
            lifeline.flush();
        } catch (IOException e) {
            // It is gone already, with all that it had to end.
        }
        // Late or not, there is nothing more that could be done here.
        var _ = reaper.waitFor(REAPING.toSeconds(), TimeUnit.SECONDS);
    }
}
