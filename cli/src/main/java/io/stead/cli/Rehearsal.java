package io.stead.cli;

import io.stead.cli.cluster.StoreClusters;
import io.stead.cli.shell.Shell;
import io.stead.cli.verb.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs several commands in one process, one a line of a file, in words without quotes: what a cache for faster starts is trained
 * with ({@code bin/train}). Ends at the first that fails.
 */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        Shell shell = RealShell.open();
        int code = 0;
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            code = Main.run(new Surroundings(shell, new StoreClusters()), line.split(" ", -1));
            shell.out().flush();
            shell.err().flush();
            if (code != 0) {
                break;
            }
        }
        System.exit(code);
    }
}
