/**
 * Matching of texts in time that grows with their length only: phrases with bounded gaps, and the
 * many needles that tell which phrases are worth trying.
 *
 * <p>No parameter and no result is null. Values are immutable unless they say otherwise.
 */
@NullMarked
package dev.gantry.explain.phrase;

import org.jspecify.annotations.NullMarked;
