/**
 * What is there, and what will be done: pure values.
 *
 * <p>No parameter and no result is null. Values are immutable.
 */
@NullMarked
package dev.gantry.plan;

import org.jspecify.annotations.NullMarked;
