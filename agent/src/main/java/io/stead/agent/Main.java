package io.stead.agent;

import io.stead.agent.config.AgentConfig;
import io.stead.agent.config.Parsed;
import io.stead.agent.life.Stopping;
import io.stead.agent.life.Trouble;
import io.stead.agent.life.Trouble.ExitCode;
import io.stead.agent.loop.Mailbox;
import io.stead.agent.node.NodeFiles;
import io.stead.agent.program.Programs;
import io.stead.schema.session.Credentials;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the agent starts: the wiring, and nothing else. Exit codes are those of design.md §7. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.of(args);
        switch (AgentConfig.parse(arguments.rest().toArray(String[]::new))) {
            case Parsed.Help help -> {
                out().print(help.text());
                System.exit(ExitCode.DONE.number());
            }
            case Parsed.Refused refused -> {
                refused.lines().forEach(line -> err().println("stead agent: " + line));
                System.exit(ExitCode.USAGE.number());
            }
            case Parsed.Ready ready -> System.exit(run(ready, arguments.parent()));
        }
    }

    /** @param parent the process with whose end everything here is to end, too; for trials ({@code stead dev}) */
    private record Arguments(List<String> rest, Optional<ProcessHandle> parent) {
        private static final String WITH_PARENT = "--with-parent";

        static Arguments of(String[] args) {
            List<String> rest = new ArrayList<>(List.of(args));
            int at = rest.indexOf(WITH_PARENT);
            if (at < 0 || at + 1 >= rest.size()) {
                return new Arguments(rest, Optional.empty());
            }
            Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(rest.get(at + 1)));
            rest.subList(at, at + 2).clear();
            return new Arguments(rest, parent);
        }
    }

    private static int run(Parsed.Ready ready, Optional<ProcessHandle> parent) throws InterruptedException {
        AgentConfig config = ready.config();
        try {
            Credentials role;
            try {
                role = AgentCredentials.ofRole(config);
            } catch (IOException e) {
                return refuse(new Trouble(ExitCode.USAGE, String.valueOf(e.getMessage())));
            }
            Places places = Places.of(config);
            Credentials credentials = AgentCredentials.withOwn(role, config);
            Optional<Places.Held> held = ready.replace() ? Replacement.of(places, config, credentials) : places.hold();
            if (held.isEmpty()) {
                return refuse(new Trouble(
                        ExitCode.REFUSED,
                        "another agent runs as node " + config.node() + " on this host, or with the data directory "
                                + config.dataDir()
                                + ": stop it, take over from it with --replace, or give this one another --node and"
                                + " --data-dir"));
            }
            try (Places.Held _ = held.get()) {
                return run(config, credentials, places, parent);
            }
        } catch (IOException e) {
            LOG.debug("stopped", e);
            err().println("stead agent: " + e.getMessage());
            return ExitCode.FAILED.number();
        }
    }

    private static int run(AgentConfig config, Credentials credentials, Places places, Optional<ProcessHandle> parent)
            throws IOException, InterruptedException {
        String bootId = Files.readString(BOOT_ID).strip();
        Mailbox mailbox = new Mailbox();
        Stopping stopping = new Stopping(mailbox);
        boolean strict = config.addresses().safety() == AgentConfig.Safety.STRICT;
        try (NodeFiles files = NodeFiles.open(
                config.node(),
                places.name(),
                places.dataDir(),
                places.volatileDir(),
                new Programs(
                        config.actionsDir(),
                        config.allow(),
                        places.dataDir().resolve("programs"),
                        places.volatileDir().resolve("ocf")),
                bootId,
                strict)) {
            Agent agent = new Agent(config, credentials, bootId, files, mailbox, stopping);
            Stopping.How onStop = parent.isPresent() ? Stopping.How.HALT : stopOf(config);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> onShutdown(stopping, places.hasSuccessor() ? Stopping.How.KEEP : onStop, files),
                            "stead-shutdown"));
            parent.ifPresent(p -> {
                var _ = p.onExit().thenRun(() -> stopping.ask(Stopping.How.HALT));
            });
            Thread.ofPlatform().daemon().name("stead-watchdog").start(() -> watch(agent));
            Rehearsal.begin(files);
            try {
                Optional<Trouble> trouble = agent.run();
                if (stopping.asked() == Stopping.How.HALT) {
                    places.leave();
                } else if (!agent.hasBegun()) {
                    places.undo();
                }
                return trouble.map(Main::refuse).orElse(ExitCode.DONE.number());
            } catch (RuntimeException bug) {
                // What runs, runs on as long as the lease: restarted in time, the agent goes on with its session (C4).
                LOG.error("agent=failed consequence=\"it ends, and leaves its session to the next one\"", bug);
                return ExitCode.FAILED.number();
            } finally {
                stopping.done();
            }
        }
    }

    private static String consequence(Stopping.How how) {
        return switch (how) {
            case KEEP -> "it runs on for the next agent, what is exclusive until the lease ends";
            case LEAVE -> "the node leaves, and what runs is started elsewhere first";
            case HALT -> "it is stopped";
            case NO -> "none";
        };
    }

    private static Stopping.How stopOf(AgentConfig config) {
        return config.leaveOnStop() ? Stopping.How.LEAVE : Stopping.How.KEEP;
    }

    private static void onShutdown(Stopping stopping, Stopping.How how, NodeFiles files) {
        if (stopping.isDone()) {
            return;
        }
        stopping.ask(how);
        try {
            LOG.info("stop=asked running={} consequence=\"{}\"", files.running(), consequence(how));
            stopping.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A stuck agent renews nothing; once what it held is dead, it makes room for one that works. */
    private static void watch(Agent agent) {
        try {
            Duration left = agent.patience();
            while (left.isPositive()) {
                // No longer than a while: another life may have less.
                TimeUnit.NANOSECONDS.sleep(Math.min(left.toNanos(), LOOK.toNanos()));
                left = agent.patience();
            }
            LOG.error("agent=stuck consequence=\"it ends, and its session runs out\"");
            Runtime.getRuntime().halt(ExitCode.STUCK.number());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int refuse(Trouble trouble) {
        err().println("stead agent: " + trouble.line());
        return trouble.code().number();
    }

    private static PrintStream out() {
        return System.out;
    }

    private static PrintStream err() {
        return System.err;
    }
}
