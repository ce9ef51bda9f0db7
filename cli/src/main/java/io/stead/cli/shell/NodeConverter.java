package io.stead.cli.shell;

import io.stead.model.NodeId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of nodes. */
public final class NodeConverter implements ITypeConverter<NodeId> {
    @Override
    public NodeId convert(String value) {
        try {
            return new NodeId(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
