/**
 * Who may do what: users, Basic, Bearer tokens and the endpoint that issues them.
 *
 * <p>No parameter and no result is null. No secret is part of a text that anything prints.
 */
@NullMarked
package dev.gantry.rehearsal.auth;

import org.jspecify.annotations.NullMarked;
