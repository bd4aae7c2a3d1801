/**
 * What a pipeline file says about publishing, as plain facts.
 *
 * <p>No parameter and no result is null. Values are immutable unless they say otherwise.
 */
@NullMarked
package dev.gantry.explain.workflow;

import org.jspecify.annotations.NullMarked;
