package io.stead.schema.codec;

import io.stead.model.Text;

/**
 * What the installer wrote: which cluster this is, and the version of its layout.
 *
 * @param version of the layout as a whole; the version of each znode's format stands in that znode
 * @param clusterId random, and the same for as long as the cluster exists
 * @param clusterName for people
 */
public record Schema(int version, String clusterId, String clusterName) {
    public Schema {
        if (version < 1) {
            throw new IllegalArgumentException("schema version " + version + ": the first is 1");
        }
        if (clusterId.isBlank() || !Text.isPlain(clusterId)) {
            throw new IllegalArgumentException("cluster id " + Text.quoted(clusterId) + " identifies nothing");
        }
    }
}
