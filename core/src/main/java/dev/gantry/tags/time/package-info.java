/**
 * Dates in the pattern language of moment.js, with time zones by name. Pure; the zones are looked
 * up only when a date is written in one.
 *
 * <p>No parameter and no result is null. Values are immutable.
 */
@NullMarked
package dev.gantry.tags.time;

import org.jspecify.annotations.NullMarked;
