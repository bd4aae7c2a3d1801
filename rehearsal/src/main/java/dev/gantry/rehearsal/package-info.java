/**
 * An OCI registry in one process, with faults, likeness and auth. It never imports core, so that
 * one bug cannot hide another.
 *
 * <p>No parameter and no result is null.
 */
@NullMarked
package dev.gantry.rehearsal;

import org.jspecify.annotations.NullMarked;
