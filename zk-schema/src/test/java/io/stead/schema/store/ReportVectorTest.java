package io.stead.schema.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Report;
import io.stead.model.spec.Verb;
import io.stead.schema.codec.Codecs;
import io.stead.schema.codec.Decoded;
import io.stead.schema.znode.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportVectorTest {
    @Test
    void whatFits_isWrittenAsItIs() {
        NodeReports few = vector(reports(3, Verb.START, "because"));
        assertThat(written(ReportVector.of(few))).isEqualTo(few);
    }

    @Test
    void longDetails_areShortened_andTheReportCountsAsSaid() {
        NodeReports whole = vector(reports(100, Verb.START, "no, ".repeat(500)));
        ReportVector vector = ReportVector.of(whole);
        assertThat(written(vector).reports())
                .hasSize(100)
                .allSatisfy(r -> assertThat(r.detail()).startsWith("no, no, ").endsWith("…"));
        assertThat(vector.said()).isEqualTo(whole);
    }

    @Test
    void notifications_areLeftOutFirst_andCountAsSaid() {
        List<Report> all = new ArrayList<>(reports(2_000, Verb.NOTIFY, ""));
        all.addAll(reports(100, Verb.STOP, "it hung"));
        ReportVector vector = ReportVector.of(vector(all));
        assertThat(written(vector).reports())
                .filteredOn(r -> r.verb() == Verb.STOP)
                .hasSize(100);
        assertThat(vector.said().reports()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void whatElseIsLeftOut_isNotSaidYet() {
        ReportVector vector = ReportVector.of(vector(reports(2_000, Verb.START, "")));
        assertThat(vector.said().reports()).isEqualTo(written(vector).reports()).hasSizeLessThan(2_000);
    }

    private static NodeReports written(ReportVector vector) {
        assertThat(Write.bytes(vector.text())).isLessThanOrEqualTo(Write.MAX_ZNODE_BYTES);
        assertThat(Decoding.decode(Codecs.NODE_REPORTS, "/reports/n1", vector.text()))
                .isInstanceOf(Decoded.Parsed.class);
        return ((Decoded.Parsed<NodeReports>) Decoding.decode(Codecs.NODE_REPORTS, "/reports/n1", vector.text()))
                .value();
    }

    private static NodeReports vector(List<Report> reports) {
        return new NodeReports(new NodeId("n1"), new Incarnation(7), reports);
    }

    private static List<Report> reports(int count, Verb verb, String detail) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Report(new ServiceName("service-" + i), 1, verb, Outcome.FAILED, detail))
                .toList();
    }
}
