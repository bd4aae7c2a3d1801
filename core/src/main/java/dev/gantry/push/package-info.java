/**
 * Carrying out: looking, sending, pointing, reading back; the memory of what is where.
 *
 * <p>No parameter and no result is null. Threads are made here; every call returns only when its
 * threads have ended.
 */
@NullMarked
package dev.gantry.push;

import org.jspecify.annotations.NullMarked;
