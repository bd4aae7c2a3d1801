/**
 * What a failure or a log means: causes as data files, their signs, and diagnoses ranked by what
 * was seen. Pure: a request that would decide between two causes is a value, made elsewhere.
 *
 * <p>No parameter and no result is null. Values are immutable unless they say otherwise.
 */
@NullMarked
package dev.gantry.explain;

import org.jspecify.annotations.NullMarked;
