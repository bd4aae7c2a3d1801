/**
 * A registry for the tests of other programs, as a JUnit extension. Whoever uses it brings JUnit
 * along: the dependency is optional.
 *
 * <p>No parameter and no result is null.
 */
@NullMarked
package dev.gantry.rehearsal.junit;

import org.jspecify.annotations.NullMarked;
