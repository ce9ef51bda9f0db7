package io.stead.schema.store;

import io.stead.model.view.Unreadable;
import io.stead.schema.codec.Codec;
import io.stead.schema.codec.Decoded;
import io.stead.schema.layout.Layout;
import io.stead.schema.znode.Znode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Decodes znodes, each state of one only once: an unchanged znode is the same object from image to image. What can't be
 * understood is listed and left out. Not thread-safe.
 */
final class Decoding {
    private Map<String, Known> known = new HashMap<>();
    private Map<String, Known> next = new HashMap<>();

    static <T> String text(Codec<T> codec, T value) {
        return new String(codec.encode(value), StandardCharsets.UTF_8);
    }

    static <T> Decoded<T> decode(Codec<T> codec, String path, String text) {
        return codec.decode(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private record Known(Znode znode, Decoded<?> decoded) {}

    /** Begins another look: what is not met in it is forgotten. */
    void begin() {
        known = next;
        next = new HashMap<>();
    }

    /** Decodes what lies under a root, but not the root itself. */
    <T> void each(
            String root,
            Map<String, Znode> znodes,
            Codec<T> codec,
            List<Unreadable> unreadable,
            BiConsumer<Znode, T> found) {
        for (Map.Entry<String, Znode> entry : znodes.entrySet()) {
            String path = entry.getKey();
            if (!path.equals(root) && Layout.isWithin(root, path) && !isParent(root, path)) {
                one(entry.getValue(), codec, unreadable).ifPresent(value -> found.accept(entry.getValue(), value));
            }
        }
    }

    /** A parent of holdings has no data of its own. */
    private static boolean isParent(String root, String path) {
        return root.equals(Layout.SERVICE_HOLDINGS) && Layout.parent(path).equals(root);
    }

    @SuppressWarnings("ReferenceEquality")
    <T> Optional<T> one(Znode znode, Codec<T> codec, List<Unreadable> unreadable) {
        Known before = known.get(znode.path());
        Decoded<T> decoded = before != null && before.znode == znode
                ? reuse(before.decoded)
                : decode(codec, znode.path(), znode.text());
        next.put(znode.path(), new Known(znode, decoded));
        return switch (decoded) {
            case Decoded.Parsed<T> parsed -> Optional.of(parsed.value());
            case Decoded.Unreadable<T> bad -> {
                unreadable.add(new Unreadable(bad.path(), bad.why(), Layout.serviceOf(bad.path())));
                yield Optional.empty();
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <T> Decoded<T> reuse(Decoded<?> decoded) {
        return (Decoded<T>) decoded;
    }
}
