package io.stead.cli.cluster;

import io.stead.schema.spec.ConnectString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The way to clusters. Every method may end with {@link io.stead.cli.shell.CommandFailed}. */
public interface Clusters {
    /**
     * Opens the cluster that stands there.
     *
     * @param zk ZooKeeper's servers and the cluster's path there
     * @param credentials a file that {@link #install} wrote
     * @param author who opens it, for what is written
     * @param within how long to try
     */
    Cluster open(ConnectString zk, Optional<Path> credentials, String author, Duration within);

    /**
     * Makes a cluster where there is none.
     *
     * @param name what people call it
     * @param directory where the credentials of each role are to be written
     */
    Installed install(ConnectString zk, String name, Path directory, Duration within);

    /** A cluster that was made, and by which files operators and agents are let in. */
    record Installed(String name, Path operatorFile, Path agentFile) {}
}
