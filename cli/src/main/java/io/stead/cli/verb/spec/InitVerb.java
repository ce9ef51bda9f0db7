package io.stead.cli.verb.spec;

import io.stead.cli.cluster.Clusters.Installed;
import io.stead.cli.render.Page;
import io.stead.cli.render.Shown;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ConnectOption;
import io.stead.cli.shell.ExitCode;
import io.stead.cli.shell.OutputOption;
import io.stead.cli.verb.Surroundings;
import io.stead.cli.verb.Verb;
import io.stead.schema.spec.ConnectString;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a cluster: its znodes, who may do what with them, and the files that let operators and agents in. */
@Command(
        name = "init",
        description = "Makes a cluster in ZooKeeper, and writes one file of credentials for operators and one for "
                + "agents. Copy the agents' file to every host.")
public final class InitVerb extends Verb {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What to call the cluster (default: the path's last word).")
    private @Nullable String name;

    @Option(
            names = "--credentials-dir",
            paramLabel = "DIR",
            description =
                    "Where to write them (default: stead in the configuration directory, where they are looked up).")
    private @Nullable Path directory;

    @Mixin
    private final ConnectOption connect = new ConnectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    public InitVerb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    protected ExitCode run() {
        ConnectString zk = connect.zk(shell());
        Installed installed = surroundings()
                .clusters()
                .install(
                        zk,
                        name != null ? name : name(zk),
                        directory().toAbsolutePath(),
                        deadline().left());
        return print(new Result(installed, zk), output.format());
    }

    private static String name(ConnectString zk) {
        return zk.chroot().isEmpty()
                ? "stead"
                : zk.chroot().substring(zk.chroot().lastIndexOf('/') + 1);
    }

    private Path directory() {
        return directory != null
                ? directory
                : shell().configuration()
                        .orElseThrow(() -> new CommandFailed(
                                ExitCode.USAGE, "neither XDG_CONFIG_HOME nor HOME is set: name --credentials-dir"));
    }

    private record Result(Installed installed, ConnectString zk) implements Shown {
        @Override
        public Object tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("cluster", installed.name());
            tree.put("zk", zk.toString());
            tree.put("operatorCredentials", installed.operatorFile().toString());
            tree.put("agentCredentials", installed.agentFile().toString());
            return tree;
        }

        @Override
        public void on(Page page) {
            page.line("cluster " + installed.name() + " is made at " + zk);
            page.line("Keep the operators' credentials; copy those of the agents to every host:");
            page.verbatim("  operators  " + installed.operatorFile());
            page.verbatim("  agents     " + installed.agentFile());
        }
    }
}
