/**
 * The small languages that tag rules are written in: comma separated fields, JavaScript's regular
 * expressions and texts, versions. Pure, no I/O.
 *
 * <p>No parameter and no result is null. Values are immutable.
 */
@NullMarked
package dev.gantry.tags.grammar;

import org.jspecify.annotations.NullMarked;
