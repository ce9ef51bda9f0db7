/**
 * What actions and services print: files that they append to by themselves, cut when they grow too long, and their newest
 * lines as they may be shown anywhere. One virtual thread cuts; everything else is safe on any.
 */
@NullMarked
package io.stead.agent.output;

import org.jspecify.annotations.NullMarked;
