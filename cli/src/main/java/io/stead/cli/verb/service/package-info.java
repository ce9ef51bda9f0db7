/** The verbs that ask for a change of one service (B21, B24, C11). */
@NullMarked
package io.stead.cli.verb.service;

import org.jspecify.annotations.NullMarked;
