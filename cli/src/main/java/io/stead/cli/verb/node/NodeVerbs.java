package io.stead.cli.verb.node;

import io.stead.cli.verb.Surroundings;
import io.stead.cli.verb.VerbGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs about nodes, under one word. */
@Command(name = "node", description = "Asks something of a node.", synopsisSubcommandLabel = "VERB")
public final class NodeVerbs extends VerbGroup {
    private static final Map<String, Function<Surroundings, NodeVerb>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("quiesce", QuiesceVerb::new);
        ALL.put("resume", ResumeVerb::new);
        ALL.put("drain", DrainVerb::new);
        ALL.put("leave", LeaveVerb::new);
        ALL.put("join", JoinVerb::new);
        ALL.put("force-leave", ForceLeaveVerb::new);
        ALL.put("maintenance", MaintenanceVerb::new);
    }

    /** The whole of them. */
    public static CommandLine commands(Surroundings surroundings) {
        CommandLine node = new CommandLine(new NodeVerbs());
        ALL.forEach((name, make) -> node.addSubcommand(name, make.apply(surroundings)));
        return node;
    }

    /** In the order of the help. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    @Override
    protected String advice() {
        return "say what to ask of the node";
    }
}
