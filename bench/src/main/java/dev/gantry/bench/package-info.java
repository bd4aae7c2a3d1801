/**
 * Programs that measure, one row each; run by hand, never by the build.
 *
 * <p>No parameter and no result is null.
 */
@NullMarked
package dev.gantry.bench;

import org.jspecify.annotations.NullMarked;
