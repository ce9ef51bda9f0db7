package io.stead.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.stead.audit.Entry;
import io.stead.model.Epoch;
import io.stead.model.ServiceName;
import io.stead.model.member.Member;
import io.stead.model.member.MemberPhase;
import io.stead.model.member.MemberState;
import io.stead.model.member.Membership;
import io.stead.model.member.NodeOverride;
import io.stead.model.member.NodeStatus;
import io.stead.model.request.Answer;
import io.stead.model.request.Request;
import io.stead.model.request.Wish;
import io.stead.model.service.Failure;
import io.stead.model.service.Holding;
import io.stead.model.service.HoldingState;
import io.stead.model.service.NodeReports;
import io.stead.model.service.Outcome;
import io.stead.model.service.Owner;
import io.stead.model.service.Recovery;
import io.stead.model.service.Report;
import io.stead.model.service.ServiceAssignment;
import io.stead.model.service.StopCause;
import io.stead.model.service.Stopping;
import io.stead.model.service.Transfer;
import io.stead.model.spec.Actions;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Maturity;
import io.stead.model.spec.NodePattern;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.PreferenceOrder;
import io.stead.model.spec.Register;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.TransferCost;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a record says is said by its bytes, and the same record gives the same bytes. */
final class RoundTripTest {
    private static final int ROUNDS = 400;

    record Property<T>(String name, Codec<T> codec, Function<Dice, T> make) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Property<?>> all() {
        return List.of(
                new Property<>("schema", Codecs.SCHEMA, d -> new Schema(1 + d.below(9), "c" + d.below(9), d.text())),
                new Property<>("epoch", Codecs.EPOCH, d -> new Epoch(d.natural())),
                new Property<>("service spec", Codecs.SERVICE_SPEC, RoundTripTest::spec),
                new Property<>("request", Codecs.REQUEST, RoundTripTest::request),
                new Property<>("answer", Codecs.ANSWER, RoundTripTest::answer),
                new Property<>("member", Codecs.MEMBER, RoundTripTest::member),
                new Property<>("node status", Codecs.NODE_STATUS, RoundTripTest::status),
                new Property<>("membership", Codecs.MEMBERSHIP, RoundTripTest::membership),
                new Property<>("node override", Codecs.NODE_OVERRIDE, RoundTripTest::override),
                new Property<>("assignment", Codecs.ASSIGNMENT, RoundTripTest::assignment),
                new Property<>("holding", Codecs.HOLDING, RoundTripTest::holding),
                new Property<>("node reports", Codecs.NODE_REPORTS, RoundTripTest::reports),
                new Property<>("history", Codecs.HISTORY, d -> d.some(() -> entry(d))),
                new Property<>("run", Codecs.RUN, RoundTripTest::run));
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void whatIsWritten_isReadBack(Property<T> property) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            T value = property.make().apply(new Dice(seed));
            byte[] data = property.codec().encode(value);

            Decoded<T> decoded = property.codec().decode("/x", data);

            assertThat(decoded).as("seed %d", seed).isEqualTo(new Decoded.Parsed<>(value));
            assertThat(property.codec().encode(property.make().apply(new Dice(seed))))
                    .as("seed %d", seed)
                    .isEqualTo(data);
        }
    }

    private static ServiceSpec spec(Dice d) {
        ServiceName name = d.service();
        Optional<ServiceName> parent = d.perhaps(d::service).filter(p -> !p.equals(name));
        Placement placement = parent.isPresent() || d.coin() ? Placement.ANYWHERE : placement(d);
        int restarts = d.below(9);
        FailurePolicy failures = new FailurePolicy(
                restarts, d.span().plus(FailurePolicy.LEAST_WINDOW), d.perhaps(() -> restarts + 1 + d.below(9)));
        return new ServiceSpec(name, placement, parent, d.actions(), d.span(), d.coin(), failures);
    }

    private static Placement placement(Dice d) {
        return new Placement(
                d.some(() -> new NodePattern("n*" + d.below(9))),
                d.some(() -> new NodePattern(d.node().value())),
                d.some(d::node),
                d.any(PreferenceOrder.class),
                d.any(Policy.class),
                d.any(Register.class),
                d.coin()
                        ? new Maturity(Optional.of(1 + d.below(9)), d.perhaps(d::span))
                        : new Maturity(Optional.empty(), Optional.of(d.span())),
                d.any(TransferCost.class));
    }

    private static Request request(Dice d) {
        List<Wish> wishes = List.of(
                new Wish.Register(d.service(), d.perhaps(d::node), d.coin()),
                new Wish.Deregister(d.service()),
                new Wish.Transfer(d.service(), d.perhaps(d::node)),
                new Wish.Restart(d.service(), d.perhaps(d::node)),
                new Wish.Clear(d.service(), d.perhaps(d::node), d.coin()),
                new Wish.Quiesce(d.node()),
                new Wish.Resume(d.node()),
                new Wish.Drain(d.node()),
                new Wish.Leave(d.node(), d.coin()),
                new Wish.Join(d.node()),
                new Wish.ForceLeave(d.node()),
                new Wish.DeleteNode(d.node()));
        return new Request(
                d.text(),
                wishes.get(d.below(wishes.size())),
                d.text(),
                d.text(),
                d.perhaps(d::number),
                d.time(),
                d.perhaps(d::time));
    }

    private static Answer answer(Dice d) {
        return new Answer(d.text(), d.any(Answer.Verdict.class), d.perhaps(d::number), d.text(), d.time());
    }

    private static Member member(Dice d) {
        return new Member(d.node(), d.life(), d.text(), d.some(d::text), d.texts(d::text));
    }

    private static NodeStatus status(Dice d) {
        return new NodeStatus(d.node(), d.life(), d.coin(), d.below(Integer.MAX_VALUE), d.coin());
    }

    private static Membership membership(Dice d) {
        Membership membership = Membership.EMPTY;
        for (int n = d.below(5); n > 0; n--) {
            membership = membership.with(
                    new MemberState(d.node(), d.life(), d.any(MemberPhase.class), d.below(1000), d.time(), d.text()));
        }
        return membership;
    }

    private static NodeOverride override(Dice d) {
        boolean quiesced = d.coin();
        return new NodeOverride(
                d.node(), quiesced, quiesced && d.coin(), d.text(), d.text(), d.time(), d.perhaps(d::time));
    }

    private static ServiceAssignment assignment(Dice d) {
        Actions shared = d.actions();
        return new ServiceAssignment(
                d.service(),
                d.natural(),
                d.some(() -> owner(d, d.coin() ? shared : d.actions())),
                d.perhaps(d::coin),
                d.perhaps(d::time),
                d.perhaps(d::time),
                d.perhaps(() -> new Transfer(d.node(), d.perhaps(d::node), d.any(StopCause.class))),
                d.some(() -> new Failure(d.node(), d.life(), 1 + d.below(9), d.number(), d.time(), d.text())),
                d.perhaps(d::time),
                d.text());
    }

    private static Owner owner(Dice d, Actions actions) {
        return new Owner(
                d.node(),
                d.life(),
                1 + d.below(1000),
                actions,
                d.perhaps(d::service),
                d.coin(),
                d.span(),
                d.time(),
                d.coin(),
                d.coin(),
                d.perhaps(d::time),
                d.perhaps(() -> new Stopping(d.any(StopCause.class), d.time(), d.text())),
                d.perhaps(() -> new Recovery(
                        d.perhaps(() -> new Recovery.Runner(d.node(), d.life(), d.number())),
                        d.time(),
                        d.some(d::node),
                        d.text())));
    }

    private static Holding holding(Dice d) {
        return new Holding(d.service(), d.node(), d.life(), d.number(), d.any(HoldingState.class));
    }

    private static NodeReports reports(Dice d) {
        return new NodeReports(
                d.node(),
                d.life(),
                d.some(() -> new Report(d.service(), d.number(), d.any(Verb.class), d.any(Outcome.class), d.text())));
    }

    private static Entry entry(Dice d) {
        return new Entry(d.time(), d.text(), d.perhaps(d::node), d.text(), d.text());
    }

    private static Run run(Dice d) {
        return new Run(
                d.service(),
                d.number(),
                d.life(),
                d.actions(),
                d.perhaps(d::service),
                d.coin(),
                d.span(),
                d.coin(),
                d.any(RunState.class),
                d.text());
    }
}
