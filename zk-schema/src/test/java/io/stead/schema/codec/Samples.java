package io.stead.schema.codec;

import io.stead.audit.Entry;
import io.stead.model.Epoch;
import io.stead.model.Incarnation;
import io.stead.model.NodeId;
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
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Maturity;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.NodePattern;
import io.stead.model.spec.Placement;
import io.stead.model.spec.Policy;
import io.stead.model.spec.PreferenceOrder;
import io.stead.model.spec.Register;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Target;
import io.stead.model.spec.TransferCost;
import io.stead.model.spec.Verb;
import io.stead.reconcile.Run;
import io.stead.reconcile.RunState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One rich and one minimal record of each kind, with the golden file of each. */
final class Samples {
    /** A record and the name of its golden file. */
    record Sample<T>(String file, Codec<T> codec, T value) {
        /** Without the line end that editors put there. */
        byte[] golden() {
            try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream("/znodes/" + file), file)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .strip()
                        .getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static final Instant T0 = Instant.parse("2025-01-31T12:00:00Z");
    static final Instant T1 = Instant.parse("2025-01-31T12:00:05.250Z");
    static final NodeId N1 = new NodeId("n1");
    static final NodeId N2 = new NodeId("n2.example");
    static final Incarnation LIFE = new Incarnation(0x1000_05fa_9b20_0003L);
    static final Incarnation HIGH = new Incarnation(0xf000_0000_0000_0001L);
    static final ServiceName LICENSE = new ServiceName("license-server");

    static final Actions ACTIONS = new Actions(Map.of(
            Verb.START,
                    new Action(
                            new Target.Run("license-start"),
                            Map.of("PORT", "27000", "LOG_DIR", "/var/log/ä \"x\""),
                            List.of("--wait", ""),
                            Duration.ofSeconds(90)),
            Verb.STOP,
                    new Action(new Target.Systemd("license@1.service"), Map.of(), List.of(), Duration.ofMillis(1500)),
            Verb.RECOVERY, new Action(new Target.Ocf("heartbeat:pgsql"), Map.of(), List.of(), Duration.ofMinutes(5))));

    private Samples() {}

    static List<Sample<?>> all() {
        return List.of(
                new Sample<>("schema.json", Codecs.SCHEMA, new Schema(1, "0d9b8f4e-77aa", "Zürich, hall 2")),
                new Sample<>("schema-minimal.json", Codecs.SCHEMA, new Schema(1, "c", "")),
                new Sample<>("epoch.json", Codecs.EPOCH, new Epoch(Long.MAX_VALUE)),
                new Sample<>("epoch-minimal.json", Codecs.EPOCH, Epoch.NONE),
                new Sample<>("service-spec.json", Codecs.SERVICE_SPEC, spec()),
                new Sample<>(
                        "service-spec-minimal.json",
                        Codecs.SERVICE_SPEC,
                        new ServiceSpec(
                                LICENSE, Placement.ANYWHERE, Optional.empty(), Actions.NONE, Duration.ZERO, false)),
                new Sample<>("request.json", Codecs.REQUEST, request()),
                new Sample<>(
                        "request-minimal.json",
                        Codecs.REQUEST,
                        new Request("r", new Wish.ForceLeave(N1), "", "", Optional.empty(), T0, Optional.empty())),
                new Sample<>(
                        "request-delete-node.json",
                        Codecs.REQUEST,
                        new Request(
                                "5f0d",
                                new Wish.DeleteNode(N2),
                                "ada",
                                "never to come back",
                                Optional.empty(),
                                T1,
                                Optional.empty())),
                new Sample<>(
                        "answer.json",
                        Codecs.ANSWER,
                        new Answer("5f0c", Answer.Verdict.ACCEPTED, Optional.of(17L), "moves to n1", T1)),
                new Sample<>(
                        "answer-minimal.json",
                        Codecs.ANSWER,
                        new Answer("r", Answer.Verdict.NOT_FOUND, Optional.empty(), "", T0)),
                new Sample<>(
                        "member.json",
                        Codecs.MEMBER,
                        new Member(
                                N2,
                                HIGH,
                                "b5a1c2d3-boot",
                                List.of("192.0.2.1:7400", "[2001:db8::1]:7400"),
                                Map.of("rack", "7", "building", "main/east"))),
                new Sample<>("member-minimal.json", Codecs.MEMBER, new Member(N1, LIFE, "", List.of(), Map.of())),
                new Sample<>("node-status.json", Codecs.NODE_STATUS, new NodeStatus(N2, HIGH, true, 120, true)),
                new Sample<>("node-status-minimal.json", Codecs.NODE_STATUS, new NodeStatus(N1, LIFE, false, 0, false)),
                new Sample<>(
                        "membership.json",
                        Codecs.MEMBERSHIP,
                        Membership.EMPTY
                                .with(new MemberState(N2, HIGH, MemberPhase.FORCED_LEAVING, 0, T1, "its session ended"))
                                .with(new MemberState(N1, LIFE, MemberPhase.JOINED, 900, T0, ""))),
                new Sample<>("membership-minimal.json", Codecs.MEMBERSHIP, Membership.EMPTY),
                new Sample<>(
                        "node-override.json",
                        Codecs.NODE_OVERRIDE,
                        new NodeOverride(N2, true, true, "ada", "new disks", T0, Optional.of(T1))),
                new Sample<>(
                        "node-override-minimal.json",
                        Codecs.NODE_OVERRIDE,
                        new NodeOverride(N1, false, false, "", "", T0, Optional.empty())),
                new Sample<>("assignment.json", Codecs.ASSIGNMENT, assignment()),
                new Sample<>("assignment-minimal.json", Codecs.ASSIGNMENT, ServiceAssignment.unassigned(LICENSE)),
                new Sample<>(
                        "holding.json",
                        Codecs.HOLDING,
                        new Holding(LICENSE, N2, HIGH, 17, HoldingState.RELEASE_FAILED)),
                new Sample<>(
                        "holding-minimal.json", Codecs.HOLDING, new Holding(LICENSE, N1, LIFE, 1, HoldingState.FREE)),
                new Sample<>(
                        "node-reports.json",
                        Codecs.NODE_REPORTS,
                        new NodeReports(
                                N2,
                                HIGH,
                                List.of(
                                        new Report(LICENSE, 16, Verb.STOP, Outcome.SUCCEEDED, ""),
                                        new Report(
                                                LICENSE, 17, Verb.START, Outcome.FAILED, "exit 3: \tno licence\n")))),
                new Sample<>("node-reports-minimal.json", Codecs.NODE_REPORTS, new NodeReports(N1, LIFE, List.of())),
                new Sample<>(
                        "history.json",
                        Codecs.HISTORY,
                        List.of(
                                new Entry(T0, "service license-server", Optional.of(N1), "starts", "n1 is free"),
                                new Entry(T1, "cluster", Optional.empty(), "n1 leads (epoch 3)", ""))),
                new Sample<>(
                        "run.json",
                        Codecs.RUN,
                        new Run(
                                LICENSE,
                                17,
                                HIGH,
                                ACTIONS,
                                Optional.of(new ServiceName("site")),
                                true,
                                Duration.ofSeconds(20),
                                true,
                                RunState.START_FAILED,
                                "exit 3")),
                new Sample<>(
                        "run-minimal.json",
                        Codecs.RUN,
                        new Run(
                                LICENSE,
                                1,
                                LIFE,
                                Actions.NONE,
                                Optional.empty(),
                                false,
                                Duration.ZERO,
                                false,
                                RunState.STARTING,
                                "")),
                new Sample<>("history-minimal.json", Codecs.HISTORY, List.of()));
    }

    private static ServiceSpec spec() {
        Placement placement = new Placement(
                List.of(new NodePattern("n*"), new NodePattern("spare")),
                List.of(new NodePattern("n9")),
                List.of(N1, N2),
                PreferenceOrder.UNRANKED,
                Policy.ALL,
                Register.MANUAL,
                new Maturity(Optional.of(2), Optional.of(Duration.ofMinutes(5))),
                TransferCost.FREE);
        return new ServiceSpec(
                LICENSE,
                placement,
                Optional.empty(),
                new Actions(
                        ACTIONS.byVerb(),
                        Optional.of(new Monitor(
                                new Action(
                                        new Target.Run("license-answers"), Map.of(), List.of(), Duration.ofSeconds(5)),
                                Duration.ofSeconds(30)))),
                Duration.ofSeconds(20),
                true,
                new FailurePolicy(2, Duration.ofMinutes(20), Optional.of(5)));
    }

    private static Request request() {
        Wish wish = new Wish.Clear(LICENSE, Optional.of(N2), true);
        return new Request("5f0c", wish, "ada", "disk replaced", Optional.of(16L), T1, Optional.of(T0));
    }

    static ServiceAssignment assignment() {
        return new ServiceAssignment(
                LICENSE,
                18,
                List.of(
                        new Owner(
                                N1,
                                LIFE,
                                16,
                                ACTIONS,
                                Optional.of(new ServiceName("site")),
                                true,
                                Duration.ofSeconds(20),
                                T0,
                                true,
                                true,
                                Optional.of(T1),
                                Optional.of(new Stopping(StopCause.UNKNOWN_START, T1, "interrupted")),
                                Optional.of(new Recovery(
                                        Optional.of(new Recovery.Runner(N2, HIGH, 18)),
                                        T1,
                                        List.of(new NodeId("n3")),
                                        "exit status 7"))),
                        new Owner(
                                N2,
                                HIGH,
                                17,
                                Actions.NONE,
                                Optional.empty(),
                                false,
                                Duration.ZERO,
                                T1,
                                false,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Recovery.owed(T0)))),
                Optional.of(false),
                Optional.of(T0),
                Optional.of(T1),
                Optional.of(new Transfer(N1, Optional.of(N2), StopCause.DRAIN)),
                List.of(new Failure(N2, HIGH, 2, 17, T1, "exit 1")),
                Optional.of(T1),
                "n1 is drained by ada");
    }
}
