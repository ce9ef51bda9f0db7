/**
 * The history of the cluster as the difference of two views (design.md §3): what an entry says has happened, since it is read
 * from the facts and not told by whoever caused them. Pure functions without I/O, clock or threads.
 */
@NullMarked
package io.stead.audit;

import org.jspecify.annotations.NullMarked;
