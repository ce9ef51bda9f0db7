package io.stead.cli;

import io.stead.cli.dev.DevVerb;
import io.stead.cli.shell.OutputFormat;
import io.stead.cli.verb.Surroundings;
import io.stead.cli.verb.node.NodeVerbs;
import io.stead.cli.verb.service.ClearVerb;
import io.stead.cli.verb.service.DeregisterVerb;
import io.stead.cli.verb.service.RegisterVerb;
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

    private static final Map<String, Function<Surroundings, Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("dev", DevVerb::new);
        ALL.put(
                "zookeeper",
                s -> Elsewhere.of("zookeeper", "Run a ZooKeeper server, alone or as member of an ensemble."));
        ALL.put("init", InitVerb::new);
        ALL.put("agent", s -> Elsewhere.of("agent", "Run the agent of this host."));
        ALL.put("apply", ApplyVerb::new);
        ALL.put("delete", DeleteVerbs::commands);
        ALL.put("export", ExportVerb::new);
        ALL.put("import", ImportVerb::new);
        ALL.put("register", RegisterVerb::new);
        ALL.put("deregister", DeregisterVerb::new);
        ALL.put("transfer", TransferVerb::new);
        ALL.put("clear", ClearVerb::new);
        ALL.put("node", NodeVerbs::commands);
        ALL.put("status", StatusVerb::new);
        ALL.put("nodes", NodesVerb::new);
        ALL.put("services", ServicesVerb::new);
        ALL.put("history", HistoryVerb::new);
        ALL.put("explain", ExplainVerb::new);
        ALL.put("simulate", SimulateVerb::new);
    }

    private Verbs() {}

    /** The command with the verb that is called; with all of them where they are listed or none fits. */
    static CommandLine commands(Surroundings surroundings, String... args) {
        CommandLine stead = new CommandLine(new Stead());
        boolean one = args.length > 0 && ALL.containsKey(args[0]);
        ALL.forEach((name, make) -> {
            if (!one || name.equals(args[0])) {
                stead.addSubcommand(name, make.apply(surroundings));
            }
        });
        style(stead);
        return stead.setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(OutputFormat.class, Verbs::format)
                .setUsageHelpWidth(USAGE_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(OPTIONS_WIDTH)
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(surroundings.shell().colours() ? Ansi.ON : Ansi.OFF));
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
