package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.INCARNATION;
import static io.stead.schema.codec.json.Kinds.LONG;
import static io.stead.schema.codec.json.Kinds.SERVICE;
import static io.stead.schema.codec.json.Kinds.SPAN;
import static io.stead.schema.codec.json.Kinds.TEXT;
import static io.stead.schema.codec.json.Kinds.TRUTH;

import io.stead.model.spec.Actions;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Words;
import io.stead.schema.codec.spec.ActionsForm;

/** Of a node's own disk: one service there, written before the start it speaks of. */
public final class RunForm implements Form<Run> {
    private static final Kind<Actions> ACTIONS = new ActionsForm();
    private static final Kind<RunState> STATE = new Words<>(RunState.class);

    @Override
    public void write(Run run, FieldWriter out) {
        out.put("service", SERVICE, run.service())
                .put("generation", LONG, run.generation())
                .put("incarnation", INCARNATION, run.incarnation())
                .put("actions", ACTIONS, run.actions())
                .putIfPresent("parent", SERVICE, run.parent())
                .put("exclusive", TRUTH, run.exclusive())
                .put("stopGrace", SPAN, run.stopGrace())
                .put("contained", TRUTH, run.contained())
                .put("state", STATE, run.state())
                .put("detail", TEXT, run.detail());
    }

    @Override
    public Run read(FieldReader in) {
        return new Run(
                in.get("service", SERVICE),
                in.get("generation", LONG),
                in.get("incarnation", INCARNATION),
                in.get("actions", ACTIONS),
                in.find("parent", SERVICE),
                in.get("exclusive", TRUTH),
                in.get("stopGrace", SPAN),
                in.get("contained", TRUTH),
                in.get("state", STATE),
                in.get("detail", TEXT));
    }
}
