package dev.gantry.rules;

import java.util.Optional;

/**
 * Where a person sets something right at one kind of registry.
 *
 * @param topic a cause, or restore, visibility, link, token, retention
 * @param where the way through the web pages, or the setting
 * @param whereInChinese the same where the pages exist in Chinese
 * @param run a command that does it
 */
public record Place(
    String topic,
    String where,
    Optional<String> whereInChinese,
    Optional<String> run,
    Optional<String> url,
    Backing backing) {}
