package io.stead.schema.spec;

import io.stead.model.NodeId;
import io.stead.model.ServiceName;
import io.stead.model.Text;
import io.stead.model.check.Finding;
import io.stead.model.check.SpecChecks;
import io.stead.model.spec.ServiceSpec;
import io.stead.schema.yaml.NearMiss;
import io.stead.schema.yaml.Place;
import io.stead.schema.yaml.Problem;
import io.stead.schema.yaml.Problems;
import io.stead.schema.yaml.YamlMap;
import io.stead.schema.yaml.YamlText;
import io.stead.schema.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file of specs. */
public final class SpecFile {
    private static final List<String> KINDS = List.of("service");
    private static final Set<String> LATER = Set.of("group", "test", "load", "event", "subsystem", "node");

    private SpecFile() {}

    /** Reads all of it, whatever is wrong, so that one run shows every problem. */
    public static Read read(String fileName, String text) {
        Problems problems = new Problems(fileName);
        List<Problem> warnings = new ArrayList<>();
        List<Located<ServiceSpec>> specs = new ArrayList<>();
        Map<ServiceName, Place> places = new HashMap<>();
        for (YamlValue document : YamlText.documents(text, problems)) {
            int before = problems.count();
            Optional<ServiceSpec> read = document.map("a map with kind: service", SpecFile::spec);
            if (read.isPresent() && problems.count() == before) {
                Located<ServiceSpec> spec = new Located<>(read.get(), fileName, document);
                Place first = places.putIfAbsent(spec.value().name(), spec.place());
                if (first != null) {
                    String again = "service %s is given twice, first on line %d"
                            .formatted(spec.value().name(), first.line());
                    problems.add(spec.problem("name", again));
                }
                alone(spec, problems, warnings);
                specs.add(spec);
            }
        }
        if (specs.isEmpty() && problems.isEmpty()) {
            warnings.add(new Problem(fileName, Place.START, "", "there is no spec in it"));
        }
        return problems.isEmpty() ? new Read.Specs(specs, warnings) : new Read.Problems(problems.list());
    }

    private static void alone(Located<ServiceSpec> spec, Problems problems, List<Problem> warnings) {
        for (Finding finding : SpecChecks.alone(spec.value())) {
            Problem problem = spec.problem(finding.path(), finding.message());
            if (finding.isError()) {
                problems.add(problem);
            } else {
                warnings.add(problem);
            }
        }
    }

    private static Optional<ServiceSpec> spec(YamlMap keys) {
        Optional<String> kind = keys.required("kind", "kind: service").flatMap(v -> v.text("service", SpecFile::kind));
        if (kind.isEmpty()) {
            keys.all();
            return Optional.empty();
        }
        return ServiceReader.read(keys);
    }

    private static String kind(String word) {
        if (LATER.contains(word)) {
            throw new IllegalArgumentException(word + " is not supported by this version");
        }
        if (!KINDS.contains(word)) {
            throw new IllegalArgumentException("unknown " + Text.quoted(word) + ": " + NearMiss.advice(word, KINDS));
        }
        return word;
    }

    /**
     * What the specs of one or more files show together with those in the store.
     *
     * @param nodes every node ever seen; where it is empty, nothing is said about unknown nodes
     */
    public static Checked check(
            List<Located<ServiceSpec>> specs, Map<ServiceName, ServiceSpec> stored, Set<NodeId> nodes) {
        Map<ServiceName, Located<ServiceSpec>> byName = new HashMap<>();
        specs.forEach(spec -> byName.put(spec.value().name(), spec));
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        List<ServiceSpec> wanted = specs.stream().map(Located::value).toList();
        for (Finding finding : SpecChecks.together(wanted, stored, nodes)) {
            Located<ServiceSpec> spec = byName.get(finding.service());
            if (spec != null) {
                (finding.isError() ? problems : warnings).add(spec.problem(finding.path(), finding.message()));
            }
        }
        return new Checked(problems, warnings);
    }

    /** YAML that {@link #read} turns into equal values; what is as it would be by default is left out. */
    public static String write(Collection<ServiceSpec> specs) {
        return SpecTree.text(specs);
    }
}
