package dev.gantry.http;

import java.net.URI;

/** One redirect that was followed. */
public record Redirected(int status, URI from, URI to) {}
