package io.stead.agent.node;

import io.stead.agent.action.ActionRunner;
import io.stead.agent.container.Grounds;
import io.stead.agent.disk.Journal;
import io.stead.agent.program.Programs;
import io.stead.agent.warden.Warden;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.Target;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Effect;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host in one life, with real containers, processes and a warden that knows a lease of an hour; and one service of it. */
final class HostInHand {
    static final ServiceName WEB = new ServiceName("web");
    static final Incarnation LIFE = new Incarnation(7);
    static final Incarnation NEXT_LIFE = new Incarnation(8);

    final Host host;
    final Runs runs;
    final Warden warden;
    private final Path directory;
    private final Path actions;
    private final Grounds grounds;
    private final ActionRunner runner;
    private final Map<Verb, Action> defined = new EnumMap<>(Verb.class);
    private Optional<Monitor> monitor = Optional.empty();

    HostInHand(Grounds.Kind kind, Path parent) throws IOException, InterruptedException {
        directory = parent.toRealPath();
        actions = Files.createDirectories(directory.resolve("etc/actions.d"));
        grounds = new Grounds(kind, directory);
        warden = Warden.startOrAdopt(directory.resolve("warden"), grounds.containers);
        warden.moveDeadline(System.nanoTime() + Duration.ofHours(1).toNanos());
        runner = new ActionRunner(
                directory.resolve("data"),
                Programs.of(actions),
                grounds.containers,
                Optional.of(warden.deadlineFile()),
                ActionRunner.Limits.DEFAULT);
        runs = new Runs(Journal.in(directory.resolve("runs")));
        host = new Host(new NodeId("n1"), runner, grounds.containers, runs, warden, true);
        host.live(LIFE);
    }

    /** What the service does at this verb: lines of a shell script, which finds {@link #file files} beside it by their names. */
    void does(Verb verb, String... lines) throws IOException {
        defined.put(verb, script(verb.name(), lines));
    }

    void monitors(Duration every, String... lines) throws IOException {
        monitor = Optional.of(new Monitor(script("MONITOR", lines), every));
    }

    private Action script(String name, String... lines) throws IOException {
        Path file = actions.resolve(name);
        Files.writeString(file, "#!/bin/sh\ncd " + directory + "\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Action(new Target.Run(name), Map.of(), List.of(), Duration.ofSeconds(20));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** The service as it was given to this host in that life: exclusive. */
    Run run(Incarnation life, RunState state) {
        Actions all = new Actions(defined, monitor);
        return new Run(WEB, 1, life, all, Optional.empty(), true, Duration.ZERO, true, state, "");
    }

    Result starts(Incarnation life) throws IOException, InterruptedException {
        return host.start(new Effect.Start(run(life, RunState.STARTING)));
    }

    void close() throws IOException, InterruptedException {
        runner.close();
        warden.stop();
        grounds.close();
    }
}
