/** The verbs that ask for a change of one node (A10, B8, B9, B31). */
@NullMarked
package io.stead.cli.verb.node;

import org.jspecify.annotations.NullMarked;
