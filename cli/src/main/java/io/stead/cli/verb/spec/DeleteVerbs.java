package io.stead.cli.verb.spec;

import io.stead.cli.verb.Surroundings;
import io.stead.cli.verb.VerbGroup;
import io.stead.cli.verb.node.DeleteNodeVerb;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What can be deleted, under one word. */
@Command(name = "delete", description = "Takes something away for good.", synopsisSubcommandLabel = "KIND")
public final class DeleteVerbs extends VerbGroup {
    /** The whole of them. */
    public static CommandLine commands(Surroundings surroundings) {
        return new CommandLine(new DeleteVerbs())
                .addSubcommand("service", new DeleteServiceVerb(surroundings))
                .addSubcommand("node", new DeleteNodeVerb(surroundings));
    }

    /** In the order of the help. */
    public static List<String> names() {
        return List.of("service", "node");
    }

    @Override
    protected String advice() {
        return "say what to delete: `stead delete service NAME` or `stead delete node NAME`";
    }

    /** Before a name that stands alone the kind was forgotten. */
    @Override
    public String advice(List<String> words) {
        String name = words.getFirst();
        return words.size() > 1
                ? advice()
                : "say what %s is: `stead delete service %s` or `stead delete node %s`".formatted(name, name, name);
    }
}
