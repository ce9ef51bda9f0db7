package io.stead.schema.codec.member;

import static io.stead.schema.codec.json.Kinds.INCARNATION;
import static io.stead.schema.codec.json.Kinds.INT;
import static io.stead.schema.codec.json.Kinds.NODE;
import static io.stead.schema.codec.json.Kinds.TRUTH;

import io.stead.model.member.NodeStatus;
import io.stead.schema.codec.json.FieldReader;
import io.stead.schema.codec.json.FieldWriter;
import io.stead.schema.codec.json.Form;

/** Of {@code /status}: how a node fares. */
public final class NodeStatusForm implements Form<NodeStatus> {
    @Override
    public void write(NodeStatus status, FieldWriter out) {
        out.put("node", NODE, status.node())
                .put("incarnation", INCARNATION, status.incarnation())
                .put("ok", TRUTH, status.ok())
                .put("load", INT, status.load())
                .put("wantsLeave", TRUTH, status.wantsLeave());
    }

    @Override
    public NodeStatus read(FieldReader in) {
        return new NodeStatus(
                in.get("node", NODE),
                in.get("incarnation", INCARNATION),
                in.get("ok", TRUTH),
                in.get("load", INT),
                in.get("wantsLeave", TRUTH));
    }
}
