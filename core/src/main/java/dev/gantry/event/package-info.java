/**
 * What is going on, told as it happens to one consumer; nobody reads it back.
 *
 * <p>No parameter and no result is null. Events come from many threads.
 */
@NullMarked
package dev.gantry.event;

import org.jspecify.annotations.NullMarked;
