/** Checks of the whole repository: what the compiled code uses, how sources look, what is said. */
@NullMarked
package dev.gantry.build;

import org.jspecify.annotations.NullMarked;
