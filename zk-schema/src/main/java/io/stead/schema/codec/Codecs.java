package io.stead.schema.codec;

import io.stead.audit.Entry;
import io.stead.model.Epoch;
import io.stead.reconcile.Run;
import io.stead.schema.codec.service.RunForm;
import io.stead.model.member.Member;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.member.NodeStatus;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.service.Holding;
import io.stead.model.service.NodeReports;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.spec.ServiceSpec;
import io.stead.schema.codec.json.Form;
import io.stead.schema.codec.member.MemberForm;
import io.stead.schema.codec.member.MembershipForm;
import io.stead.schema.codec.member.NodeOverrideForm;
import io.stead.schema.codec.member.NodeStatusForm;
import io.stead.schema.codec.request.AnswerForm;
import io.stead.schema.codec.request.RequestForm;
import io.stead.schema.codec.service.AssignmentForm;
import io.stead.schema.codec.service.HoldingForm;
import io.stead.schema.codec.service.NodeReportsForm;
import io.stead.schema.codec.service.ServiceSpecForm;
import java.util.List;

/** The codec of every znode whose data is a record. */
public final class Codecs {
    /** The bound of a znode (protocols.md, ZooKeeper). */
    private static final int USUAL = 64 * 1024;

    /**
     * Of what grows with the number of nodes: the transition vector, and a service that runs on all of them. Some 200 bytes
     * a node reach the usual bound at 300 nodes already; this is the bound of a transaction.
     */
    private static final int VECTOR = 256 * 1024;

    public static final Codec<Schema> SCHEMA = usual(new SchemaForm());
    public static final Codec<Epoch> EPOCH = usual(new EpochForm());
    public static final Codec<ServiceSpec> SERVICE_SPEC = usual(new ServiceSpecForm());
    public static final Codec<Request> REQUEST = usual(new RequestForm());
    public static final Codec<Answer> ANSWER = usual(new AnswerForm());
    public static final Codec<Member> MEMBER = usual(new MemberForm());
    public static final Codec<NodeStatus> NODE_STATUS = usual(new NodeStatusForm());
    public static final Codec<Membership> MEMBERSHIP = new JsonCodec<>(new MembershipForm(), VECTOR);
    public static final Codec<NodeOverride> NODE_OVERRIDE = usual(new NodeOverrideForm());
    public static final Codec<ServiceAssignment> ASSIGNMENT = new JsonCodec<>(new AssignmentForm(), VECTOR);
    public static final Codec<Holding> HOLDING = usual(new HoldingForm());
    public static final Codec<NodeReports> NODE_REPORTS = usual(new NodeReportsForm());
    public static final Codec<List<Entry>> HISTORY = usual(new HistoryForm());

    /** Not of a znode: what a node keeps of a service on its own disk. */
    public static final Codec<Run> RUN = usual(new RunForm());

    private Codecs() {}

    private static <T> Codec<T> usual(Form<T> form) {
        return new JsonCodec<>(form, USUAL);
    }
}
