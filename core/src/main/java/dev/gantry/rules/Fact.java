package dev.gantry.rules;

import java.util.Optional;

/** One thing the book says of a registry, and what it rests on. */
public record Fact<T>(T value, Optional<String> note, Backing backing) {}
