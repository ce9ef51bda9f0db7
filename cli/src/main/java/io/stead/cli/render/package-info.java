/**
 * How results look: tables for people, JSON and YAML for programs. Pure but for the writer that is handed in; what comes
 * from the store is escaped here, and nowhere else.
 */
@NullMarked
package io.stead.cli.render;

import org.jspecify.annotations.NullMarked;
