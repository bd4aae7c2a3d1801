/** Tests of what stands in the checkout: the launcher and the commands of the README. */
@NullMarked
package dev.gantry.packaged;

import org.jspecify.annotations.NullMarked;
