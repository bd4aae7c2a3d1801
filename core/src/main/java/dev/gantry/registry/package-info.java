/**
 * Repositories as places to write to and to read from, and the distribution protocol behind them.
 *
 * <p>No parameter and no result is null. A {@link Target} may be used from many threads at once;
 * its calls block and end with {@link InterruptedException} when their thread is interrupted. What
 * goes wrong is thrown as a {@link dev.gantry.failure.PublishException}.
 */
@NullMarked
package dev.gantry.registry;

import org.jspecify.annotations.NullMarked;
