/**
 * What surrounds a verb: the streams and environment it was called with, the options that all have in common, exit codes
 * and how a verb fails. Uses picocli and the nouns; knows neither ZooKeeper nor any verb. One thread.
 */
@NullMarked
package io.stead.cli.shell;

import org.jspecify.annotations.NullMarked;
