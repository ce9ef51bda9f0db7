package io.stead.schema.codec;

import io.stead.audit.Entry;
import io.stead.model.Epoch;
import io.stead.model.member.Maintenance;
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
import io.stead.reconcile.Run;
import io.stead.schema.codec.member.MaintenanceForm;
import io.stead.schema.codec.member.MemberForm;
import io.stead.schema.codec.member.MembershipForm;
import io.stead.schema.codec.member.NodeOverrideForm;
import io.stead.schema.codec.member.NodeStatusForm;
import io.stead.schema.codec.request.AnswerForm;
import io.stead.schema.codec.request.RequestForm;
import io.stead.schema.codec.service.AssignmentForm;
import io.stead.schema.codec.service.HoldingForm;
import io.stead.schema.codec.service.NodeReportsForm;
import io.stead.schema.codec.service.RunForm;
import io.stead.schema.codec.spec.ServiceSpecForm;
import java.util.List;

/** The codec of every record that is kept, and one for each. */
public final class Codecs {
    public static final Codec<Schema> SCHEMA = new JsonCodec<>(new SchemaForm());
    public static final Codec<Epoch> EPOCH = new JsonCodec<>(new EpochForm());
    public static final Codec<ServiceSpec> SERVICE_SPEC = new JsonCodec<>(new ServiceSpecForm());
    public static final Codec<Request> REQUEST = new JsonCodec<>(new RequestForm());
    public static final Codec<Answer> ANSWER = new JsonCodec<>(new AnswerForm());
    public static final Codec<Member> MEMBER = new JsonCodec<>(new MemberForm());
    public static final Codec<NodeStatus> NODE_STATUS = new JsonCodec<>(new NodeStatusForm());
    public static final Codec<Membership> MEMBERSHIP = new JsonCodec<>(new MembershipForm());
    public static final Codec<Maintenance> MAINTENANCE = new JsonCodec<>(new MaintenanceForm());
    public static final Codec<NodeOverride> NODE_OVERRIDE = new JsonCodec<>(new NodeOverrideForm());
    public static final Codec<ServiceAssignment> ASSIGNMENT = new JsonCodec<>(new AssignmentForm());
    public static final Codec<Holding> HOLDING = new JsonCodec<>(new HoldingForm());
    public static final Codec<NodeReports> NODE_REPORTS = new JsonCodec<>(new NodeReportsForm());
    public static final Codec<List<Entry>> HISTORY = new JsonCodec<>(new HistoryForm());

    /** Not of a znode: what a node keeps of a service on its own disk. */
    public static final Codec<Run> RUN = new JsonCodec<>(new RunForm());

    private Codecs() {}
}
