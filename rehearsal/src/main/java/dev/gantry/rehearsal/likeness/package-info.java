/**
 * What other registries do otherwise, read from the registry book: rules, refusals and habits; and
 * the state that a rehearsal begins with.
 *
 * <p>No parameter and no result is null.
 */
@NullMarked
package dev.gantry.rehearsal.likeness;

import org.jspecify.annotations.NullMarked;
