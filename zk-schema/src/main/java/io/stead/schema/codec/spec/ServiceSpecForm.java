package io.stead.schema.codec.spec;

import static io.stead.schema.codec.json.Kinds.SERVICE;
import static io.stead.schema.codec.json.Kinds.SPAN;
import static io.stead.schema.codec.json.Kinds.TRUTH;

import io.stead.model.spec.Actions;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import java.util.Optional;

/** Of {@code /specs/services}: what is wanted of one service. A placement or actions that say nothing are left out. */
public final class ServiceSpecForm implements Form<ServiceSpec> {
    private static final Kind<Placement> PLACEMENT = new PlacementForm();
    private static final Kind<Actions> ACTIONS = new ActionsForm();
    private static final Kind<FailurePolicy> FAILURES = new FailurePolicyForm();

    @Override
    public void write(ServiceSpec spec, FieldWriter out) {
        out.put("name", SERVICE, spec.name())
                .putIfPresent("placement", PLACEMENT, unless(Placement.ANYWHERE, spec.placement()))
                .putIfPresent("parent", SERVICE, spec.parent())
                .putIfPresent("actions", ACTIONS, unless(Actions.NONE, spec.actions()))
                .put("stopGrace", SPAN, spec.stopGrace())
                .put("critical", TRUTH, spec.critical())
                .putIfPresent("failures", FAILURES, unless(FailurePolicy.DEFAULT, spec.failures()));
    }

    @Override
    public ServiceSpec read(FieldReader in) {
        return new ServiceSpec(
                in.get("name", SERVICE),
                in.find("placement", PLACEMENT).orElse(Placement.ANYWHERE),
                in.find("parent", SERVICE),
                in.find("actions", ACTIONS).orElse(Actions.NONE),
                in.get("stopGrace", SPAN),
                in.get("critical", TRUTH),
                in.find("failures", FAILURES).orElse(FailurePolicy.DEFAULT));
    }

    private static <T> Optional<T> unless(T nothing, T value) {
        return value.equals(nothing) ? Optional.empty() : Optional.of(value);
    }
}
