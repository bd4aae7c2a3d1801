/**
 * Values of the OCI specs, without any input or output.
 *
 * <p>No parameter and no result is null. Values are immutable; what exists is well formed, because
 * text that is not is refused with {@link dev.gantry.oci.Malformed} when it is parsed.
 */
@NullMarked
package dev.gantry.oci;

import org.jspecify.annotations.NullMarked;
