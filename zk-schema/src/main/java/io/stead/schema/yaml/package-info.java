/**
 * Strict YAML: text to a tree whose every value knows its place, so that every complaint names file, line, column and
 * path. For what people write by hand (spec files, the agent's configuration). It alone uses snakeyaml-engine to read,
 * and nothing of ZooKeeper. A tree and its {@link io.stead.schema.yaml.Problems} belong to one thread; the rest is immutable.
 */
@NullMarked
package io.stead.schema.yaml;

import org.jspecify.annotations.NullMarked;
