package io.stead.cli.export;

import io.stead.cli.render.Printer;
import io.stead.cli.shell.CommandFailed;
import io.stead.cli.shell.ExitCode;
import io.stead.model.Epoch;
import io.stead.model.NodeId;
import io.stead.model.Now;
import io.stead.model.ServiceName;
import io.stead.model.member.Maintenance;
import io.stead.model.member.Membership;
import io.stead.model.service.Holding;
import io.stead.model.spec.ServiceSpec;
import io.stead.model.view.ClusterView;
import io.stead.schema.codec.Codec;
import io.stead.schema.codec.Codecs;
import io.stead.schema.codec.Decoded;
import io.stead.schema.spec.Read;
import io.stead.schema.spec.SpecFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** An export that was read; what is wrong with it ends the verb with a usage error. */
public final class ExportFile {
    private static final int LONGEST = 256 * 1024 * 1024;

    private final String file;
    private final Map<?, ?> root;

    private ExportFile(String file, Map<?, ?> root) {
        this.file = file;
        this.root = root;
    }

    /** Whether a text is the JSON of an export rather than a file of specs. */
    public static boolean isOne(String text) {
        return text.stripLeading().startsWith("{");
    }

    public static ExportFile parse(String file, String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(LONGEST).build();
        try {
            Object tree = new Load(settings).loadFromString(text);
            if (tree instanceof Map<?, ?> root && root.containsKey("specs")) {
                if (!Integer.valueOf(Exported.VERSION).equals(root.get("v"))) {
                    throw bad(
                            file, "its version is " + root.get("v") + ", and this is for version " + Exported.VERSION);
                }
                return new ExportFile(file, root);
            }
        } catch (YamlEngineException e) {
            throw new CommandFailed(
                    ExitCode.USAGE, file + ": " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "), e);
        }
        throw bad(file, "it is not what `stead export -o json` wrote");
    }

    /** The specs, as the text of a spec file. */
    public String specs() {
        if (!(root.get("specs") instanceof List<?> specs)) {
            throw bad(file, "specs is not a list");
        }
        return new Dump(DumpSettings.builder().build()).dumpAllToString(specs.iterator());
    }

    /** The cluster as it was. */
    public ClusterView view() {
        Map<?, ?> state = map(root.get("state"), "state");
        Map<?, ?> held = map(state.get("holdings"), "state.holdings");
        Map<ServiceName, List<Holding>> holdings = new LinkedHashMap<>();
        held.keySet().forEach(service -> {
            Map<NodeId, Holding> nodes = each(Codecs.HOLDING, held, String.valueOf(service), NodeId::new);
            holdings.put(named(ServiceName::new, service), List.copyOf(nodes.values()));
        });
        return new ClusterView(
                one(Codecs.EPOCH, state.get("epoch"), "state.epoch").orElse(Epoch.NONE),
                Optional.ofNullable(state.get("leader")).map(l -> new NodeId(l.toString())),
                each(Codecs.MEMBER, state, "members", NodeId::new),
                each(Codecs.NODE_STATUS, state, "status", NodeId::new),
                one(Codecs.MEMBERSHIP, state.get("transitions"), "state.transitions")
                        .orElse(Membership.EMPTY),
                each(Codecs.NODE_OVERRIDE, state, "overrides", NodeId::new),
                one(Codecs.MAINTENANCE, state.get("maintenance"), "state.maintenance")
                        .orElse(Maintenance.NONE),
                services(),
                each(Codecs.ASSIGNMENT, state, "assignments", ServiceName::new),
                holdings,
                each(Codecs.NODE_REPORTS, state, "reports", NodeId::new),
                List.of(),
                List.of(),
                List.of());
    }

    /** When it was written. */
    public Now now() {
        Object at = map(root.get("state"), "state").get("at");
        try {
            return new Now(Instant.parse(String.valueOf(at)), 0);
        } catch (DateTimeParseException e) {
            throw new CommandFailed(ExitCode.USAGE, file + ": state.at is no moment", e);
        }
    }

    private Map<ServiceName, ServiceSpec> services() {
        Map<ServiceName, ServiceSpec> services = new LinkedHashMap<>();
        switch (SpecFile.read(file, specs())) {
            case Read.Specs read -> read.values().forEach(s -> services.put(s.name(), s));
            case Read.Problems read ->
                throw bad(file, "specs: " + read.problems().getFirst());
        }
        return services;
    }

    private <K, T> Map<K, T> each(Codec<T> codec, Map<?, ?> state, String key, Function<String, K> name) {
        Map<K, T> values = new LinkedHashMap<>();
        map(state.get(key), "state." + key)
                .forEach((k, tree) -> one(codec, tree, "state." + key + "." + k)
                        .ifPresent(value -> values.put(named(name, k), value)));
        return values;
    }

    private <T> Optional<T> one(Codec<T> codec, @Nullable Object tree, String path) {
        if (tree == null) {
            return Optional.empty();
        }
        return switch (codec.decode(path, Printer.json(tree).getBytes(StandardCharsets.UTF_8))) {
            case Decoded.Parsed<T> parsed -> Optional.of(parsed.value());
            case Decoded.Unreadable<T> unreadable -> throw bad(file, unreadable.path() + ": " + unreadable.why());
        };
    }

    private <K> K named(Function<String, K> name, @Nullable Object key) {
        try {
            return name.apply(String.valueOf(key));
        } catch (IllegalArgumentException e) {
            throw bad(file, String.valueOf(e.getMessage()));
        }
    }

    /** What is not there is empty. */
    private Map<?, ?> map(@Nullable Object tree, String path) {
        if (tree == null) {
            return Map.of();
        }
        if (tree instanceof Map<?, ?> map) {
            return map;
        }
        throw bad(file, path + " is not a map");
    }

    private static CommandFailed bad(String file, String why) {
        return new CommandFailed(ExitCode.USAGE, file + ": " + why);
    }
}
