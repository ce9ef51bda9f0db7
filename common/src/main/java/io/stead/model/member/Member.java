package io.stead.model.member;

import io.stead.model.Incarnation;
import io.stead.model.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A node's presence; it lives exactly as long as the node's session (A2, A21).
 *
 * @param bootId the host's boot id, by which "once per boot" is told
 * @param control the node's control addresses; the first one identifies it
 * @param attributes free words about the host, such as its rack
 */
public record Member(
        NodeId node, Incarnation incarnation, String bootId, List<String> control, Map<String, String> attributes) {
    public Member {
        control = List.copyOf(control);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
}
