/**
 * HTTP/1.1, both sides of one codec: client, server, TLS, proxies, Unix sockets.
 *
 * <p>No parameter and no result is null. Calls block; they are meant for virtual threads, and an
 * interrupt of the calling thread cuts the connection and ends the call. Values are immutable and
 * may be shared between threads.
 */
@NullMarked
package dev.gantry.http;

import org.jspecify.annotations.NullMarked;
