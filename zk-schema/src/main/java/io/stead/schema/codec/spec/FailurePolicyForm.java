package io.stead.schema.codec.spec;

import static io.stead.schema.codec.json.Kinds.INT;
import static io.stead.schema.codec.json.Kinds.SPAN;

import io.stead.model.spec.FailurePolicy;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

/** What follows from failures. */
final class FailurePolicyForm implements Form<FailurePolicy> {
    @Override
    public void write(FailurePolicy policy, FieldWriter out) {
        out.put("restarts", INT, policy.restarts())
                .put("window", SPAN, policy.window())
                .putIfPresent("limit", INT, policy.limit());
    }

    @Override
    public FailurePolicy read(FieldReader in) {
        return new FailurePolicy(in.get("restarts", INT), in.get("window", SPAN), in.find("limit", INT));
    }
}
