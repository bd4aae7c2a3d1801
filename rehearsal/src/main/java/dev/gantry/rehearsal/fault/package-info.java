/**
 * Faults by script: which request, and what goes wrong with it. The same requests in the same order
 * meet the same faults.
 *
 * <p>No parameter and no result is null.
 */
@NullMarked
package dev.gantry.rehearsal.fault;

import org.jspecify.annotations.NullMarked;
