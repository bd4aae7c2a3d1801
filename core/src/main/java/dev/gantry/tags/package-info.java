/**
 * Which tags, labels and annotations a commit gets: rules in the input language of
 * docker/metadata-action, a context that any CI can give, and a plan. Pure: what git, the API or a
 * registry has to be asked for is asked through {@link dev.gantry.tags.Answers}, which the front
 * door implements.
 *
 * <p>With {@code compat} the answers are the anchor's (docker/metadata-action 6.2), right or wrong;
 * without it what is doubtful is an error that names the rule, the value and the fix.
 *
 * <p>No parameter and no result is null. Values are immutable.
 */
@NullMarked
package dev.gantry.tags;

import org.jspecify.annotations.NullMarked;
