package io.stead.cli.shell;

import io.stead.model.ServiceName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of services. */
public final class ServiceConverter implements ITypeConverter<ServiceName> {
    @Override
    public ServiceName convert(String value) {
        try {
            return new ServiceName(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
