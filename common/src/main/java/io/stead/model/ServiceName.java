package io.stead.model;

/** The name of a service: what is registered on nodes and launched there (B12). */
public record ServiceName(String value) implements Comparable<ServiceName> {
    public ServiceName {
        Name.checked("service", value);
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
