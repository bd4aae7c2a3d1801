package dev.gantry.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One line of a server's log.
 *
 * @param method empty when the request could not be read
 * @param status 0 when the connection was cut without an answer, or answered by hand
 * @param received bytes of the request's body as they came
 * @param sent bytes of the answer's body
 * @param defect what the handler threw
 */
public record Answered(
    String method,
    String target,
    int status,
    long received,
    long sent,
    Duration took,
    SocketAddress remote,
    Optional<Exception> defect) {}
