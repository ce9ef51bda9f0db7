/** The words of single servers, from a real ensemble and from servers that were made to say them. */
@NullMarked
package io.stead.schema.servers;

import org.jspecify.annotations.NullMarked;
