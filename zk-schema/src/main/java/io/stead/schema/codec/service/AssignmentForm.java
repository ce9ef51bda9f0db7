package io.stead.schema.codec.service;

import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.LONG;
import static io.stead.schema.codec.json.Kinds.SERVICE;
import static io.stead.schema.codec.json.Kinds.TEXT;
import static io.stead.schema.codec.json.Kinds.TRUTH;

import io.stead.model.service.Failure;
import io.stead.model.service.Owner;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.Transfer;
import io.stead.model.spec.Actions;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.spec.ActionsForm;
import java.util.List;

/** Of {@code /assignments/services}: what the leader has decided about one service. Owners keep the actions of the spec, and
 * mostly all the same: they stand once, before the owners, so that a service on a thousand nodes stays small. */
public final class AssignmentForm implements Form<ServiceAssignment> {
    private static final Kind<Actions> ACTIONS = new ActionsForm();
    private static final Kind<Transfer> TRANSFER = new TransferForm();
    private static final Kind<Failure> FAILURE = new FailureForm();

    @Override
    public void write(ServiceAssignment assignment, FieldWriter out) {
        List<Actions> actions = assignment.owners().stream()
                .map(Owner::actions)
                .filter(a -> !a.equals(Actions.NONE))
                .distinct()
                .toList();
        out.put("service", SERVICE, assignment.service())
                .put("generation", LONG, assignment.generation())
                .list("actions", ACTIONS, actions)
                .list("owners", new OwnerForm(actions), assignment.owners())
                .putIfPresent("wanted", TRUTH, assignment.wanted())
                .putIfPresent("matureSince", INSTANT, assignment.matureSince())
                .putIfPresent("firstUp", INSTANT, assignment.firstUp())
                .putIfPresent("transfer", TRANSFER, assignment.transfer())
                .list("failures", FAILURE, assignment.failures())
                .putIfPresent("gaveUp", INSTANT, assignment.gaveUp())
                .put("reason", TEXT, assignment.reason());
    }

    @Override
    public ServiceAssignment read(FieldReader in) {
        return new ServiceAssignment(
                in.get("service", SERVICE),
                in.get("generation", LONG),
                in.list("owners", new OwnerForm(in.list("actions", ACTIONS))),
                in.find("wanted", TRUTH),
                in.find("matureSince", INSTANT),
                in.find("firstUp", INSTANT),
                in.find("transfer", TRANSFER),
                in.list("failures", FAILURE),
                in.find("gaveUp", INSTANT),
                in.get("reason", TEXT));
    }
}
