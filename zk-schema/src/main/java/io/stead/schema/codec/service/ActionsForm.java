package io.stead.schema.codec.service;

import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.Verb;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Words;
import java.util.EnumMap;
import java.util.Map;

/** The actions of a service by verb, in the verbs' order. */
final class ActionsForm implements Form<Actions> {
    private static final Words<Verb> VERBS = new Words<>(Verb.class);
    private static final Kind<Action> ACTION = new ActionForm();

    @Override
    public void write(Actions actions, FieldWriter out) {
        actions.byVerb().forEach((verb, action) -> out.put(VERBS.of(verb), ACTION, action));
    }

    @Override
    public Actions read(FieldReader in) {
        Map<Verb, Action> byVerb = new EnumMap<>(Verb.class);
        for (Verb verb : Verb.values()) {
            in.find(VERBS.of(verb), ACTION).ifPresent(action -> byVerb.put(verb, action));
        }
        return new Actions(byVerb);
    }
}
