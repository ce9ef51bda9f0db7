package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.LONG;
import static io.stead.schema.codec.json.Kinds.SERVICE;
import static io.stead.schema.codec.json.Kinds.TEXT;

import io.stead.model.service.Outcome;
import io.stead.model.service.Report;
import io.stead.model.spec.Verb;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Words;

/** How one verb ended. */
final class ReportForm implements Form<Report> {
    private static final Kind<Verb> VERB = new Words<>(Verb.class);
    private static final Kind<Outcome> OUTCOME = new Words<>(Outcome.class);

    @Override
    public void write(Report report, FieldWriter out) {
        out.put("service", SERVICE, report.service())
                .put("generation", LONG, report.generation())
                .put("verb", VERB, report.verb())
                .put("outcome", OUTCOME, report.outcome())
                .put("detail", TEXT, report.detail());
    }

    @Override
    public Report read(FieldReader in) {
        return new Report(
                in.get("service", SERVICE),
                in.get("generation", LONG),
                in.get("verb", VERB),
                in.get("outcome", OUTCOME),
                in.get("detail", TEXT));
    }
}
