/**
 * A cluster in a file (design.md §7): {@code {v, specs, state}}, the specs as in spec files, the state as the znodes have
 * it. {@code import} reads the specs, {@code simulate} both. Pure: trees and text in, trees and views out.
 */
@NullMarked
package io.stead.cli.export;

import org.jspecify.annotations.NullMarked;
