package io.stead.agent.node;

import io.stead.agent.action.ActionRunner;
import io.stead.agent.container.Containers;
import io.stead.agent.disk.Journal;
import io.stead.agent.loop.Mailbox;
import io.stead.agent.program.Programs;
import io.stead.agent.warden.Warden;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.service.Outcome;
import io.stead.reconcile.Effect;
import io.stead.reconcile.LocalState;
import io.stead.reconcile.Result;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import io.stead.schema.store.NodeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of a node outlives its sessions and its agent: containers, the runner of actions, the warden, and the records on
 * disk. One per process.
 */
public final class NodeFiles implements AutoCloseable {
    private static final Duration STALE_LIMIT = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(NodeFiles.class);

    private final Containers containers;
    private final Warden warden;
    private final ActionRunner actions;
    private final Host host;
    private final Runs runs;
    private final Notes notes;

    private NodeFiles(Containers containers, Warden warden, ActionRunner actions, Host host, Runs runs, Notes notes) {
        this.containers = containers;
        this.warden = warden;
        this.actions = actions;
        this.host = host;
        this.runs = runs;
        this.notes = notes;
    }

    /**
     * Opens what is there, or makes it; starts the warden or finds the one that runs.
     *
     * @param name of the node's containers, which no other agent on this host uses
     * @param volatileDir the warden's, and for the permits of systemd units: best in memory
     * @param programs that may run here
     * @param strict whether exclusive services are refused where a container can leak
     */
    public static NodeFiles open(
            NodeId me, String name, Path dataDir, Path volatileDir, Programs programs, String bootId, boolean strict)
            throws IOException, InterruptedException {
        Containers containers = Containers.ofHost(dataDir, volatileDir.resolve("units"), name);
        if (!containers.airtight()) {
            LOG.warn(
                    "containers=leaky reason=\"no cgroup v2 that this agent may use\" exclusive={}",
                    strict ? "refused" : "allowed");
        }
        Warden warden = Warden.startOrAdopt(volatileDir.resolve("warden"), containers);
        ActionRunner actions = new ActionRunner(
                dataDir.resolve("actions"),
                programs,
                containers,
                Optional.of(warden.deadlineFile()),
                ActionRunner.Limits.DEFAULT);
        actions.flaw()
                .ifPresent(flaw -> LOG.warn(
                        "actions-dir=unusable reason=\"{}\" consequence=\"every start on this node fails until that is"
                                + " mended\"",
                        flaw.line()));
        Runs runs = new Runs(Journal.in(dataDir.resolve("runs")));
        Notes notes = new Notes(Journal.in(dataDir.resolve("notes")), bootId);
        boolean mayHoldExclusives = containers.airtight() || !strict;
        Host host = new Host(me, actions, containers, runs, warden, mayHoldExclusives);
        return new NodeFiles(containers, warden, actions, host, runs, notes);
    }

    /** What runs here, for people, by the containers: also what an earlier process has begun. Any thread. */
    public Set<String> running() {
        try {
            Set<String> running = new TreeSet<>();
            for (String service : containers.services()) {
                if (!containers.isEmpty(service)) {
                    running.add(service);
                }
            }
            return running;
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** See {@link ActionRunner#rehearse}. */
    public void rehearse() throws InterruptedException {
        actions.rehearse();
    }

    public Warden warden() {
        return warden;
    }

    /** Node duty in a new life: nothing runs, but what the host was notified of it still knows. */
    public NodeDuty begin(Incarnation life, NodeStore store, Mailbox mailbox) throws IOException, InterruptedException {
        host.live(life);
        LocalState fresh = new LocalState(Map.of(), notes.all(), Set.of(), false);
        return new NodeDuty(host, notes, warden, store, mailbox, fresh);
    }

    /**
     * Node duty in a life that an earlier process began (C4): what runs, runs on, and a start that was at work goes on. Every
     * other command that was is ended, and run again where it is still asked for: those run at least once.
     */
    public NodeDuty resume(Incarnation life, NodeStore store, Mailbox mailbox)
            throws IOException, InterruptedException {
        host.live(life);
        for (String service : containers.services()) {
            for (String run : containers.runs(service)) {
                if (!run.equals(Containers.START)) {
                    var _ = containers.cell(service, run).kill(STALE_LIMIT);
                }
            }
        }
        Map<ServiceName, Run> all = new TreeMap<>(runs.all());
        all.values().removeIf(run -> !run.incarnation().equals(life));
        LocalState before = new LocalState(all, notes.all(), Set.of(), false);
        LocalState known = before.restarted();
        Map<ServiceName, Run> kept = new TreeMap<>(known.runs());
        all.values().stream().filter(r -> r.state() == RunState.STARTING).forEach(r -> kept.put(r.service(), r));
        NodeDuty duty = new NodeDuty(
                host, notes, warden, store, mailbox, new LocalState(kept, known.errands(), Set.of(), false));
        duty.resume();
        return duty;
    }

    /**
     * Halts all that a former life ran (B9). Only then may the node join anew.
     *
     * @return what could not be halted, by service; empty when nothing is left
     */
    public Map<String, String> halt() throws IOException, InterruptedException {
        host.live(new Incarnation(0));
        Map<String, String> left = new TreeMap<>();
        for (Run run : runs.all().values()) {
            Effect.Kill kill = new Effect.Kill(run.with(RunState.UNKNOWN, ""));
            Result result = host.kill(kill);
            switch (result.outcome()) {
                case SUCCEEDED -> LOG.info("halted service={} generation={}", run.service(), run.generation());
                case FAILED ->
                    LOG.error(
                            "halted service={} generation={} stop=failed reason=\"{}\"",
                            run.service(),
                            run.generation(),
                            result.detail());
                case UNKNOWN -> left.put(run.service().value(), result.detail());
            }
            if (result.outcome() != Outcome.UNKNOWN) {
                runs.forget(run.service());
            }
        }
        for (String service : containers.services()) {
            if (!left.containsKey(service)) {
                var _ = containers.killAll(service, Duration.ofSeconds(5));
                if (!containers.remove(service)) {
                    left.put(service, "something of it could not be killed");
                }
            }
        }
        if (left.isEmpty()) {
            warden.setExclusive(Set.of());
        }
        return left;
    }

    /** Ends the warden and takes away the containers, after a halt: this node is not to come back soon. */
    public void dissolve() throws IOException, InterruptedException {
        warden.stop();
        containers.dissolve();
    }

    @Override
    public void close() {
        actions.close();
    }
}
