package io.stead.schema.codec.spec;

import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.Verb;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Words;
import java.util.EnumMap;
import java.util.Map;

/** The actions of a service by verb, in the verbs' order. */
public final class ActionsForm implements Form<Actions> {
    private static final Words<Verb> VERBS = new Words<>(Verb.class);
    private static final Kind<Action> ACTION = new ActionForm();
    private static final Kind<Monitor> MONITOR = new MonitorForm();

    @Override
    public void write(Actions actions, FieldWriter out) {
        actions.byVerb().forEach((verb, action) -> out.put(VERBS.of(verb), ACTION, action));
        actions.declaredMonitor().ifPresent(monitor -> out.put("monitor", MONITOR, monitor));
    }

    @Override
    public Actions read(FieldReader in) {
        Map<Verb, Action> byVerb = new EnumMap<>(Verb.class);
        for (Verb verb : Verb.COMMANDS) {
            in.find(VERBS.of(verb), ACTION).ifPresent(action -> byVerb.put(verb, action));
        }
        return new Actions(byVerb, in.find("monitor", MONITOR));
    }
}
