package io.stead.schema.store;

import io.stead.model.service.NodeReports;
import io.stead.model.service.Report;
import io.stead.model.spec.Verb;
import io.stead.schema.codec.Codecs;
import io.stead.schema.znode.Write;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A node's reports as they fit into one znode. Where there is too little room details are shortened first, for they are for
 * people; then notifications are left out, without which a service merely stays where it is; then whatever comes last, until the
 * leader has recorded what came first.
 *
 * @param text what is written
 * @param said which reports count as said by that: all but those of the last kind
 */
record ReportVector(String text, NodeReports said) {
    private static final List<Integer> DETAIL_CHARS = List.of(Integer.MAX_VALUE, 512, 128, 32, 0);

    static ReportVector of(NodeReports whole) {
        for (int most : DETAIL_CHARS) {
            String text = text(whole, shortened(whole.reports(), most));
            if (fits(text)) {
                return new ReportVector(text, whole);
            }
        }
        return ofTheFirst(whole);
    }

    private static ReportVector ofTheFirst(NodeReports whole) {
        List<Report> order = whole.reports().stream()
                .sorted(Comparator.comparing(r -> r.verb() == Verb.NOTIFY))
                .toList();
        int kept = order.size();
        String text;
        do {
            kept = kept * 7 / 8;
            text = text(whole, shortened(order.subList(0, kept), 0));
        } while (!fits(text));
        List<Report> said = new ArrayList<>(order.subList(0, kept));
        order.subList(kept, order.size()).stream()
                .filter(r -> r.verb() == Verb.NOTIFY)
                .forEach(said::add);
        return new ReportVector(text, new NodeReports(whole.node(), whole.incarnation(), said));
    }

    private static List<Report> shortened(List<Report> reports, int most) {
        return reports.stream().map(r -> shortened(r, most)).toList();
    }

    private static Report shortened(Report r, int most) {
        String detail = r.detail();
        if (detail.length() <= most) {
            return r;
        }
        int end = most > 0 && Character.isHighSurrogate(detail.charAt(most - 1)) ? most - 1 : most;
        return new Report(r.service(), r.generation(), r.verb(), r.outcome(), detail.substring(0, end) + '…');
    }

    private static String text(NodeReports whole, List<Report> reports) {
        return Decoding.text(Codecs.NODE_REPORTS, new NodeReports(whole.node(), whole.incarnation(), reports));
    }

    private static boolean fits(String text) {
        return Write.bytes(text) <= Write.MAX_ZNODE_BYTES;
    }
}
