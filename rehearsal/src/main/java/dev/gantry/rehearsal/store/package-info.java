/**
 * What a registry holds, on disk: content by digest, repositories, tags, upload sessions.
 *
 * <p>No parameter and no result is null.
 */
@NullMarked
package dev.gantry.rehearsal.store;

import org.jspecify.annotations.NullMarked;
