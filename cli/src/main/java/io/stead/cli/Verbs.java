package io.stead.cli;

import io.stead.cli.dev.DevVerb;
import io.stead.cli.shell.OutputFormat;
import io.stead.cli.verb.Surroundings;
import io.stead.cli.verb.node.NodeVerbs;
import io.stead.cli.verb.service.ClearVerb;
import io.stead.cli.verb.service.DeregisterVerb;
import io.stead.cli.verb.service.RegisterVerb;
import io.stead.cli.verb.service.RestartVerb;
import io.stead.cli.verb.service.TransferVerb;
import io.stead.cli.verb.show.ExplainVerb;
import io.stead.cli.verb.show.HistoryVerb;
import io.stead.cli.verb.show.NodesVerb;
import io.stead.cli.verb.show.ServicesVerb;
import io.stead.cli.verb.show.SimulateVerb;
import io.stead.cli.verb.show.StatusVerb;
import io.stead.cli.verb.spec.ApplyVerb;
import io.stead.cli.verb.spec.DeleteVerbs;
import io.stead.cli.verb.spec.ExportVerb;
import io.stead.cli.verb.spec.ImportVerb;
import io.stead.cli.verb.spec.InitVerb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Every verb there is, in the order of the help. */
final class Verbs {
    /** Of the narrowest terminal that is about: what is wider would be broken by it in the middle of a word. */
    private static final int USAGE_WIDTH = 80;

    /** So that each option has its words beside it, and not below. */
    private static final int OPTIONS_WIDTH = 25;

    private static final Map<String, Entry> ALL = new LinkedHashMap<>();

    /**
     * One of them.
     *
     * @param header what the list says of it, and its own help first
     */
    private record Entry(String header, Function<Surroundings, Object> make) {}

    static {
        put("dev", "Try it: ZooKeeper, agents and a sample service on this machine.", DevVerb::new);
        put("zookeeper", "Run a ZooKeeper server, alone or as member of an ensemble.", s -> Elsewhere.of("zookeeper"));
        put("init", "Make a cluster in ZooKeeper.", InitVerb::new);
        put("agent", "Run the agent of this host.", s -> Elsewhere.of("agent"));
        put("apply", "Store specs from files.", ApplyVerb::new);
        put("delete", "Delete services, or forget a node.", DeleteVerbs::commands);
        put("export", "Write the specs, or specs and state, for a file.", ExportVerb::new);
        put("import", "Store the specs of an export.", ImportVerb::new);
        put("register", "Register a service.", RegisterVerb::new);
        put("deregister", "Stop a service and leave it so.", DeregisterVerb::new);
        put("transfer", "Move a service to another node.", TransferVerb::new);
        put("restart", "Stop a service and start it again.", RestartVerb::new);
        put("clear", "Forget a service's failures.", ClearVerb::new);
        put("node", "Quiesce, resume, drain, leave, join or force-leave a node.", NodeVerbs::commands);
        put("status", "Show the cluster at a glance.", StatusVerb::new);
        put("nodes", "Show the nodes.", NodesVerb::new);
        put("services", "Show the services.", ServicesVerb::new);
        put("history", "Show what was decided, when and why.", HistoryVerb::new);
        put("explain", "Explain why a service or node is as it is.", ExplainVerb::new);
        put("simulate", "Show what would happen if nodes went or came.", SimulateVerb::new);
    }

    private Verbs() {}

    private static void put(String verb, String header, Function<Surroundings, Object> make) {
        ALL.put(verb, new Entry(header, make));
    }

    /**
     * The command with the verb that is called; where they are listed, or none fits, with all of their names and headers, for to
     * build them all would take most of the time of a {@code --help}.
     */
    static CommandLine commands(Surroundings surroundings, String... args) {
        CommandLine stead = new CommandLine(new Stead()).setExpandAtFiles(false);
        Entry called = args.length > 0 ? ALL.get(args[0]) : null;
        if (called == null) {
            ALL.forEach((name, entry) -> stead.addSubcommand(name, headed(Elsewhere.of(name), entry)));
        } else {
            Object made = called.make().apply(surroundings);
            CommandLine verb = made instanceof CommandLine line ? line : new CommandLine(made);
            stead.addSubcommand(args[0], headed(verb, called));
        }
        style(stead);
        return stead.setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(OutputFormat.class, Verbs::format)
                .setUsageHelpWidth(USAGE_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(OPTIONS_WIDTH)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(surroundings.shell().colours() ? Ansi.ON : Ansi.OFF));
    }

    private static CommandLine headed(CommandLine verb, Entry entry) {
        verb.getCommandSpec().usageMessage().header(entry.header());
        return verb;
    }

    /** What is a verb's own comes before what all have in common: see the order of the options. */
    private static void style(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nVerbs:%n");
        command.getSubcommands().values().forEach(Verbs::style);
    }

    /** Every verb of this program, and nothing for the command itself. */
    static List<String> names() {
        List<String> names = new ArrayList<>(List.of(""));
        names.addAll(ALL.keySet());
        names.removeAll(List.of("zookeeper", "agent"));
        DeleteVerbs.names().forEach(verb -> names.add("delete " + verb));
        NodeVerbs.names().forEach(verb -> names.add("node " + verb));
        return names;
    }

    private static OutputFormat format(String word) {
        for (OutputFormat format : OutputFormat.values()) {
            if (format.toString().equals(word)) {
                return format;
            }
        }
        throw new CommandLine.TypeConversionException("use table, json or yaml");
    }
}
