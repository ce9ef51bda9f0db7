/** That every record reads back as it was written, that the format stays, and that bad data is told and never thrown. */
@NullMarked
package io.stead.schema.codec;

import org.jspecify.annotations.NullMarked;
