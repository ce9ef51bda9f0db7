package io.stead.schema.codec.member;

import static io.stead.schema.codec.json.Kinds.INSTANT;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.TEXT;
import static io.stead.schema.codec.json.Kinds.TRUTH;

import io.stead.model.member.NodeOverride;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

/** Of {@code /overrides}: what an operator asked of a node. */
public final class NodeOverrideForm implements Form<NodeOverride> {
    @Override
    public void write(NodeOverride override, FieldWriter out) {
        out.put("node", NODE, override.node())
                .put("quiesced", TRUTH, override.quiesced())
                .put("drained", TRUTH, override.drained())
                .put("author", TEXT, override.author())
                .put("reason", TEXT, override.reason())
                .put("since", INSTANT, override.since())
                .putIfPresent("expires", INSTANT, override.expires());
    }

    @Override
    public NodeOverride read(FieldReader in) {
        return new NodeOverride(
                in.get("node", NODE),
                in.get("quiesced", TRUTH),
                in.get("drained", TRUTH),
                in.get("author", TEXT),
                in.get("reason", TEXT),
                in.get("since", INSTANT),
                in.find("expires", INSTANT));
    }
}
