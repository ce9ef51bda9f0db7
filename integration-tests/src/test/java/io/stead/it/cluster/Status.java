package io.stead.it.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What {@code stead status -o json} says. */
public record Status(JsonNode json) {
    /** A node as it is shown; {@code up} is its presence, {@code state} what the leader has made of it. */
    public record Node(
            String name, String state, boolean up, boolean ok, boolean quiesced, boolean leader, String incarnation) {}

    /**
     * A service as it is shown: {@code STATE [NODES] T}, the last while a transfer intent lasts.
     *
     * @param perNode its state on each node that has to do with it
     * @param failures how it has failed, by node
     */
    public record Service(
            String name,
            String state,
            List<String> nodes,
            Map<String, String> perNode,
            Map<String, String> failures,
            boolean transferring,
            long generation,
            String reason) {
        @Override
        public String toString() {
            return state + " " + nodes + (transferring ? " T" : "");
        }
    }

    public Optional<String> leader() {
        return json.at("/cluster/leader").stringValueOpt();
    }

    public List<Node> nodes() {
        return each(json.get("nodes"))
                .map(n -> new Node(
                        n.get("id").asString(),
                        n.get("state").asString(),
                        n.get("up").asBoolean(),
                        n.path("ok").asBoolean(true),
                        n.get("quiesced").asBoolean(),
                        n.get("leader").asBoolean(),
                        n.path("incarnation").asString("")))
                .toList();
    }

    /** A node, if it was ever seen. */
    public Optional<Node> node(String name) {
        return nodes().stream().filter(n -> n.name().equals(name)).findFirst();
    }

    public List<Service> services() {
        return each(json.get("services")).map(Status::service).toList();
    }

    public Service service(String name) {
        return services().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no service " + name + " in " + json));
    }

    private static Service service(JsonNode s) {
        return new Service(
                s.get("name").asString(),
                s.get("state").asString(),
                each(s.get("nodes")).map(JsonNode::asString).toList(),
                byNode(s.get("perNode"), "state"),
                byNode(s.get("failures"), "detail"),
                s.get("transferring").asBoolean(),
                s.get("generation").asLong(),
                s.get("reason").asString());
    }

    private static Map<String, String> byNode(JsonNode array, String key) {
        return each(array)
                .collect(Collectors.toMap(
                        n -> n.get("node").asString(), n -> n.get(key).asString()));
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public String toString() {
        return "leader " + leader().orElse("-") + "; "
                + nodes().stream()
                        .map(n -> n.name() + " " + n.state() + (n.up() ? "" : " (down)"))
                        .collect(Collectors.joining(", "))
                + "; "
                + services().stream().map(s -> s.name() + " " + s).collect(Collectors.joining(", "));
    }
}
