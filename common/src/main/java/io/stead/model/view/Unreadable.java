package io.stead.model.view;

import io.stead.model.ServiceName;
import java.util.Optional;

/**
 * A znode that can't be understood. It freezes its own resource and nothing else.
 *
 * @param service the service that is frozen by it, where it belongs to one
 */
public record Unreadable(String path, String why, Optional<ServiceName> service) {}
