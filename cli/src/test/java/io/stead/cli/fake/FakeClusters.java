package io.stead.cli.fake;

import io.stead.cli.cluster.Cluster;
import io.stead.cli.cluster.Clusters;
import io.stead.schema.spec.ConnectString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The same cluster wherever it is looked for. */
public record FakeClusters(Supplier<Cluster> cluster) implements Clusters {
    @Override
    public Cluster open(ConnectString zk, Optional<Path> credentials, String author, Duration within) {
        return cluster.get();
    }

    @Override
    public Installed install(ConnectString zk, String name, Path directory, Duration within) {
        return new Installed(name, directory.resolve("operator.credentials"), directory.resolve("agent.credentials"));
    }
}
