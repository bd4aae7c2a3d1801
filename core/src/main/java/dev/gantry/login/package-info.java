/**
 * Credentials: where they are found, which one is used for which repository, how a registry is told
 * of them, and how they are kept.
 *
 * <p>No parameter and no result is null. Values are immutable; a secret never appears in a text
 * made by {@code toString}.
 */
@NullMarked
package dev.gantry.login;

import org.jspecify.annotations.NullMarked;
