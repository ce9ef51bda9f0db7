package io.stead.schema.codec.spec;

import static io.stead.schema.codec.json.Kinds.NODE;

import io.stead.model.spec.Maturity;
import io.stead.model.spec.NodePattern;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.PreferenceOrder;
import io.stead.model.spec.Register;
import io.stead.model.spec.TransferCost;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.json.Kind;
import io.stead.schema.codec.json.Kinds;
import io.stead.schema.codec.json.Words;

/** The choosing factors of a service, all of them written out. */
final class PlacementForm implements Form<Placement> {
    private static final Kind<NodePattern> PATTERN = Kinds.ofText(NodePattern::new, NodePattern::text);
    private static final Kind<PreferenceOrder> ORDER = new Words<>(PreferenceOrder.class);
    private static final Kind<Policy> POLICY = new Words<>(Policy.class);
    private static final Kind<Register> REGISTER = new Words<>(Register.class);
    private static final Kind<Maturity> MATURITY = new MaturityForm();
    private static final Kind<TransferCost> COST = new Words<>(TransferCost.class);

    @Override
    public void write(Placement placement, FieldWriter out) {
        out.list("allow", PATTERN, placement.allow())
                .list("deny", PATTERN, placement.deny())
                .list("prefer", NODE, placement.prefer())
                .put("order", ORDER, placement.order())
                .put("policy", POLICY, placement.policy())
                .put("register", REGISTER, placement.register())
                .put("maturity", MATURITY, placement.maturity())
                .put("transfer", COST, placement.transfer());
    }

    @Override
    public Placement read(FieldReader in) {
        return new Placement(
                in.list("allow", PATTERN),
                in.list("deny", PATTERN),
                in.list("prefer", NODE),
                in.get("order", ORDER),
                in.get("policy", POLICY),
                in.get("register", REGISTER),
                in.get("maturity", MATURITY),
                in.get("transfer", COST));
    }
}
