/**
 * The distribution-spec as requests and answers over a store.
 *
 * <p>No parameter and no result is null.
 */
@NullMarked
package dev.gantry.rehearsal.protocol;

import org.jspecify.annotations.NullMarked;
