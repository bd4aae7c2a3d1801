/**
 * What is known about a registry before it is asked: the registry book, a team's own registries,
 * and the rules that can be checked offline. Pure but for reading the book from the class path.
 *
 * <p>No parameter and no result is null. Values are immutable and may be shared between threads.
 */
@NullMarked
package dev.gantry.rules;

import org.jspecify.annotations.NullMarked;
