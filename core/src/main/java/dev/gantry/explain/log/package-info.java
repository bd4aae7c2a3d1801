/**
 * From a log to observations: lines made readable, each with the facts that stand in it.
 *
 * <p>No parameter and no result is null. Values are immutable unless they say otherwise.
 */
@NullMarked
package dev.gantry.explain.log;

import org.jspecify.annotations.NullMarked;
