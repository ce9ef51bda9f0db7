package io.stead.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What agents cost that have nothing to do: resident memory, and processor time over half a minute, two minutes after their start. */
final class AgentBench {
    /** A JVM compiles on for a while after its start; an agent is there for months. */
    private static final int SETTLING_SECONDS = 90;

    private static final int SECONDS = 30;
    private static final double TICKS_PER_SECOND = 100;

    private AgentBench() {}

    static void run(Trial trial) throws IOException, InterruptedException {
        Figures memory = new Figures("agent, resident memory", "MB", "96 MB");
        Figures processor = new Figures("agent at rest, of a core", "%", "0.5 %");
        List<String> nodes = FailoverBench.nodes();
        TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
        List<Long> before = nodes.stream().map(n -> ticks(trial.pid(n))).toList();
        TimeUnit.SECONDS.sleep(SECONDS);
        for (int i = 0; i < nodes.size(); i++) {
            long pid = trial.pid(nodes.get(i));
            processor.add((ticks(pid) - before.get(i)) / TICKS_PER_SECOND / SECONDS * 100);
            memory.add(residentMegabytes(pid));
        }
        memory.print();
        processor.print();
    }

    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double residentMegabytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                        .filter(l -> l.startsWith("VmRSS:"))
                        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }
}
