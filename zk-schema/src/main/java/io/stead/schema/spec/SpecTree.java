package io.stead.schema.spec;

import io.stead.model.Spans;
import io.stead.model.spec.Action;
import io.stead.model.spec.Actions;
import io.stead.model.spec.FailurePolicy;
import io.stead.model.spec.Maturity;
import io.stead.model.spec.Monitor;
import io.stead.model.spec.Placement;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.spec.Target;
import io.stead.schema.yaml.YamlValue;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Specs as plain maps, lists, texts, numbers and truths, with the keys of a spec file in the order of design.md §7: for
 * whatever writes them, as YAML or as JSON. What is as it would be by default is left out.
 */
public final class SpecTree {
    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.AUTO)
            .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
            .setSchema(new CoreSchema())
            .setSplitLines(false)
            .build();

    private SpecTree() {}

    static String text(Collection<ServiceSpec> specs) {
        List<Node> documents = specs.stream().map(SpecTree::document).toList();
        return new Present(SETTINGS)
                .emitToString(new Serialize(SETTINGS).serializeAll(documents).iterator());
    }

    /** A line for each key; below that what has no further level stands on one line. */
    private static Node document(ServiceSpec spec) {
        Node document = new StandardRepresenter(SETTINGS).represent(of(spec));
        if (document instanceof MappingNode keys) {
            keys.setFlowStyle(FlowStyle.BLOCK);
        }
        return document;
    }

    public static Map<String, Object> of(ServiceSpec spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("kind", "service");
        tree.put("name", spec.name().value());
        if (!spec.placement().equals(Placement.ANYWHERE)) {
            tree.put("placement", of(spec.placement()));
        }
        spec.parent().ifPresent(parent -> tree.put("parent", parent.value()));
        if (!spec.stopGrace().isZero()) {
            tree.put("stop-grace", Spans.text(spec.stopGrace()));
        }
        if (spec.critical()) {
            tree.put("critical", true);
        }
        if (!spec.failures().equals(FailurePolicy.DEFAULT)) {
            tree.put("failures", of(spec.failures()));
        }
        if (!spec.actions().equals(Actions.NONE)) {
            Map<String, Object> actions = new LinkedHashMap<>();
            spec.actions().byVerb().forEach((verb, action) -> actions.put(YamlValue.word(verb), of(action)));
            spec.actions().declaredMonitor().ifPresent(monitor -> actions.put("monitor", of(monitor)));
            tree.put("actions", actions);
        }
        return tree;
    }

    private static Map<String, Object> of(Placement placement) {
        Placement otherwise = Placement.ANYWHERE;
        Map<String, Object> tree = new LinkedHashMap<>();
        putOther(tree, "allow", words(placement.allow()), words(otherwise.allow()));
        putOther(tree, "deny", words(placement.deny()), words(otherwise.deny()));
        putOther(tree, "prefer", words(placement.prefer()), words(otherwise.prefer()));
        putOther(tree, "order", YamlValue.word(placement.order()), YamlValue.word(otherwise.order()));
        putOther(tree, "policy", YamlValue.word(placement.policy()), YamlValue.word(otherwise.policy()));
        putOther(tree, "register", YamlValue.word(placement.register()), YamlValue.word(otherwise.register()));
        putOther(tree, "maturity", of(placement.maturity()), of(otherwise.maturity()));
        putOther(tree, "transfer", YamlValue.word(placement.transfer()), YamlValue.word(otherwise.transfer()));
        return tree;
    }

    private static void putOther(Map<String, Object> tree, String key, Object value, Object otherwise) {
        if (!value.equals(otherwise)) {
            tree.put(key, value);
        }
    }

    private static List<String> words(List<?> names) {
        return names.stream().map(Object::toString).toList();
    }

    private static Map<String, Object> of(Maturity maturity) {
        Map<String, Object> tree = new LinkedHashMap<>();
        maturity.count().ifPresent(count -> tree.put("count", count));
        maturity.time().ifPresent(time -> tree.put("time", Spans.text(time)));
        return tree;
    }

    private static Map<String, Object> of(FailurePolicy policy) {
        FailurePolicy otherwise = FailurePolicy.DEFAULT;
        Map<String, Object> tree = new LinkedHashMap<>();
        putOther(tree, "restarts", policy.restarts(), otherwise.restarts());
        putOther(tree, "window", Spans.text(policy.window()), Spans.text(otherwise.window()));
        policy.limit().ifPresent(limit -> tree.put("limit", limit));
        return tree;
    }

    private static Map<String, Object> of(Monitor monitor) {
        Map<String, Object> tree = of(monitor.action());
        if (!monitor.every().equals(Monitor.EVERY)) {
            tree.put("every", Spans.text(monitor.every()));
        }
        return tree;
    }

    private static Map<String, Object> of(Action action) {
        Map<String, Object> tree = new LinkedHashMap<>();
        switch (action.target()) {
            case Target.Run run -> tree.put("run", run.file());
            case Target.Systemd systemd -> tree.put("systemd", systemd.unit());
            case Target.Ocf ocf -> tree.put("ocf", ocf.agent());
        }
        if (!action.params().isEmpty()) {
            tree.put("params", action.params());
        }
        if (!action.args().isEmpty()) {
            tree.put("args", action.args());
        }
        Duration timeout = action.timeout();
        if (!timeout.equals(ActionReader.TIMEOUT)) {
            tree.put("timeout", Spans.text(timeout));
        }
        return tree;
    }
}
