/**
 * Sends one call to a registry and brings back what it said: the stages that repeat, slow down and
 * put it on the wire, and the one place that makes {@link dev.gantry.failure.Evidence}.
 *
 * <p>No parameter and no result is null. Everything here may be used from many threads at once,
 * except a {@link Reply}, which belongs to the thread that got it. Calls block and end with {@link
 * InterruptedException} when their thread is interrupted.
 */
@NullMarked
package dev.gantry.wire;

import org.jspecify.annotations.NullMarked;
