/**
 * What was seen when something went wrong, with secrets already removed. What it means is told
 * elsewhere.
 *
 * <p>No parameter and no result is null. Values are immutable.
 */
@NullMarked
package dev.gantry.failure;

import org.jspecify.annotations.NullMarked;
