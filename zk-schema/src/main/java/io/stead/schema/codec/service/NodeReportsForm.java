package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.INCARNATION;
import static io.stead.schema.codec.json.Kinds.NODE;

import io.stead.model.service.NodeReports;
import io.stead.model.service.Report;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;

/** Of {@code /reports}: the report vector of one node. */
public final class NodeReportsForm implements Form<NodeReports> {
    private static final Kind<Report> REPORT = new ReportForm();

    @Override
    public void write(NodeReports reports, FieldWriter out) {
        out.put("node", NODE, reports.node())
                .put("incarnation", INCARNATION, reports.incarnation())
                .list("reports", REPORT, reports.reports());
    }

    @Override
    public NodeReports read(FieldReader in) {
        return new NodeReports(in.get("node", NODE), in.get("incarnation", INCARNATION), in.list("reports", REPORT));
    }
}
