package io.stead.model.check;

import io.stead.model.ServiceName;

/**
 * Something wrong with a spec, or worth a warning.
 *
 * @param path the keys in the spec that it is about, as they are written in a spec file; empty for the whole spec
 * @param message what is wrong and how to mend it
 */
public record Finding(Severity severity, ServiceName service, String path, String message) {
    /** Whether it keeps the specs from being applied. */
    public enum Severity {
        ERROR,
        WARNING
    }

    static Finding error(ServiceName service, String path, String message) {
        return new Finding(Severity.ERROR, service, path, message);
    }

    static Finding warning(ServiceName service, String path, String message) {
        return new Finding(Severity.WARNING, service, path, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
