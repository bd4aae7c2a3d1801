/**
 * The front door: every command goes through it, and it ends in an {@link dev.gantry.Outcome}.
 *
 * <p>No parameter and no result is null. Values are immutable and may be shared between threads.
 */
@NullMarked
package dev.gantry;

import org.jspecify.annotations.NullMarked;
