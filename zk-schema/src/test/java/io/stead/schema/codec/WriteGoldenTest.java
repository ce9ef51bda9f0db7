package io.stead.schema.codec;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
final class WriteGoldenTest {
    @Test void speed() {
        var a = Samples.assignment();
        var o = a.owners().getFirst();
        var usual = new io.stead.model.service.ServiceAssignment(a.service(), 3, java.util.List.of(new io.stead.model.service.Owner(o.node(), o.incarnation(), 3, o.actions(), true, o.stopGrace(), o.since(), true, java.util.Optional.empty(), java.util.Optional.empty())), a.wanted(), a.matureSince(), a.firstUp(), java.util.Optional.empty(), java.util.List.of(), a.reason());
        run(a); run(usual);
    }
    static void run(io.stead.model.service.ServiceAssignment a) {
        byte[] b = Codecs.ASSIGNMENT.encode(a);
        var x = ManagementFactory.getThreadMXBean();
        for (int r = 0; r < 12; r++) {
            long t = x.getCurrentThreadCpuTime(); int n = 0;
            for (int i = 0; i < 10000; i++) if (Codecs.ASSIGNMENT.decode("/x", b) instanceof Decoded.Parsed) n++;
            long t2 = x.getCurrentThreadCpuTime();
            for (int i = 0; i < 10000; i++) n += Codecs.ASSIGNMENT.encode(a).length;
            System.out.println(b.length + " bytes: decode " + (t2 - t) / 1000000 + " ms cpu, encode " + (x.getCurrentThreadCpuTime() - t2) / 1000000);
        }
    }
}
