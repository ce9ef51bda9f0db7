package io.stead.schema.codec;

import io.stead.model.ServiceName;
import java.util.Optional;

/** What became of reading a znode's data. */
public sealed interface Decoded<T> {
    record Parsed<T>(T value) implements Decoded<T> {}

    /**
     * It can't be understood, and freezes its own resource.
     *
     * @param why for people: one line without control characters, which names the field
     */
    record Unreadable<T>(String path, String why) implements Decoded<T> {
        /** The same, as views have it; the service is the one that the path belongs to. */
        public io.stead.model.view.Unreadable freezing(Optional<ServiceName> service) {
            return new io.stead.model.view.Unreadable(path, why, service);
        }
    }
}
