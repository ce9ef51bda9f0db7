package io.stead.cli;

import io.stead.cli.cluster.Clusters;
import io.stead.cli.fake.FakeCluster;
import io.stead.cli.fake.FakeClusters;
import io.stead.cli.shell.Shell;
import io.stead.cli.verb.Surroundings;
import io.stead.model.Now;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Map;
import java.util.function.Supplier;

/** What came of one call of the command. */
record Called(int code, String out, String err) {
    /** Calls it against a cluster, in whose time it runs. */
    static Called on(FakeCluster cluster, String... args) {
        return with(new FakeClusters(() -> cluster), cluster::now, args);
    }

    /** Calls it where there is no cluster to be opened. */
    static Called alone(String... args) {
        Clusters none = new FakeClusters(() -> {
            throw new AssertionError("nobody should have opened it");
        });
        return with(none, () -> new Now(FakeCluster.NOON, 0), args);
    }

    /** Calls it against a cluster, and reads what it writes until something has come. */
    static Called until(String enough, FakeCluster cluster, String... args) {
        Writer out = new FilterWriter(new StringWriter()) {
            @Override
            public void flush() throws IOException {
                if (toString().contains(enough)) {
                    throw new IOException("nobody reads on");
                }
            }

            @Override
            public String toString() {
                return out.toString();
            }
        };
        return with(new FakeClusters(() -> cluster), cluster::now, out, args);
    }

    static Called with(Clusters clusters, Supplier<Now> clock, String... args) {
        return with(clusters, clock, new StringWriter(), args);
    }

    private static Called with(Clusters clusters, Supplier<Now> clock, Writer out, String... args) {
        StringWriter err = new StringWriter();
        Shell shell = new Shell(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                false,
                Map.of(),
                "ann@desk",
                clock);
        int code = Main.run(new Surroundings(shell, clusters), args);
        shell.out().flush();
        shell.err().flush();
        return new Called(code, out.toString(), err.toString());
    }
}
