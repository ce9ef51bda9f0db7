package io.stead.cli.shell;

import io.stead.schema.spec.ConnectString;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** ZooKeeper's servers. */
public final class ConnectConverter implements ITypeConverter<ConnectString> {
    @Override
    public ConnectString convert(String value) {
        try {
            return ConnectString.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
