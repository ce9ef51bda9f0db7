package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.INCARNATION;
import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.INT;
import static io.stead.schema.codec.json.Kinds.LONG;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.SERVICE;
import static io.stead.schema.codec.json.Kinds.SPAN;
import static io.stead.schema.codec.json.Kinds.TRUTH;

import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.Stopping;
import io.stead.model.spec.Actions;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import java.util.List;
import java.util.Optional;

/** One owner. Its actions are a position in the assignment's list of them, or left out where there are none. */
final class OwnerForm implements Form<Owner> {
    private static final Kind<Stopping> STOPPING = new StoppingForm();
    private static final Kind<Recovery> RECOVERY = new RecoveryForm();

    private final List<Actions> actions;

    /** {@code actions}: those of all owners, each once. */
    OwnerForm(List<Actions> actions) {
        this.actions = actions;
    }

    @Override
    public void write(Owner owner, FieldWriter out) {
        out.put("node", NODE, owner.node())
                .put("incarnation", INCARNATION, owner.incarnation())
                .put("generation", LONG, owner.generation());
        int at = actions.indexOf(owner.actions());
        if (at >= 0) {
            out.put("actions", INT, at);
        }
        out.putIfPresent("parent", SERVICE, owner.parent())
                .put("exclusive", TRUTH, owner.exclusive())
                .put("stopGrace", SPAN, owner.stopGrace())
                .put("since", INSTANT, owner.since())
                .putIfPresent("named", TRUTH, Optional.of(owner.named()).filter(n -> n))
                .putIfPresent("restart", TRUTH, Optional.of(owner.restart()).filter(r -> r))
                .putIfPresent("started", INSTANT, owner.startedAt())
                .putIfPresent("stopping", STOPPING, owner.stopping())
                .putIfPresent("recovery", RECOVERY, owner.recovery());
    }

    @Override
    public Owner read(FieldReader in) {
        return new Owner(
                in.get("node", NODE),
                in.get("incarnation", INCARNATION),
                in.get("generation", LONG),
                in.find("actions", INT).map(this::actions).orElse(Actions.NONE),
                in.find("parent", SERVICE),
                in.get("exclusive", TRUTH),
                in.get("stopGrace", SPAN),
                in.get("since", INSTANT),
                in.find("named", TRUTH).orElse(false),
                in.find("restart", TRUTH).orElse(false),
                in.find("started", INSTANT),
                in.find("stopping", STOPPING),
                in.find("recovery", RECOVERY));
    }

    private Actions actions(int at) {
        if (at < 0 || at >= actions.size()) {
            throw new IllegalArgumentException("the assignment has no actions " + at);
        }
        return actions.get(at);
    }
}
