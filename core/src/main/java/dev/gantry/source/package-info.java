/**
 * Where an image comes from: OCI layouts, archives, the Docker Engine; their content, and the cache
 * of compressed layers.
 *
 * <p>No parameter and no result is null. Values are immutable; an artifact holds files open or on
 * disk until it is closed. No thread is made here: what can be done side by side is handed to the
 * caller's executor. What is wrong with a source is a {@link dev.gantry.failure.PublishException}
 * with a {@code Refused} failure; an {@link java.io.IOException} is a disk or a socket that fails.
 */
@NullMarked
package dev.gantry.source;

import org.jspecify.annotations.NullMarked;
