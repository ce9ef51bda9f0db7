package io.stead.cli.verb;

import io.stead.cli.cluster.Clusters;
import io.stead.cli.shell.Shell;

/** What every verb is made with: the shell it was called from, and the way to the clusters. */
public record Surroundings(Shell shell, Clusters clusters) {}
