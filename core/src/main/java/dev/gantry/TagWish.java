package dev.gantry;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * A wish for a tag plan as the command line or a program has it.
 *
 * @param inputs by the names of docker/metadata-action's inputs and our own; they win over INPUT_…
 *     variables
 * @param compat answer exactly as docker/metadata-action does
 * @param repository a file with the API's repository object
 * @param now the time in ISO 8601; else SOURCE_DATE_EPOCH, else the clock
 * @param clock tells the time
 * @param folder the checkout
 * @param env the environment
 */
public record TagWish(
    Map<String, String> inputs,
    boolean compat,
    Optional<Path> repository,
    Optional<String> now,
    InstantSource clock,
    Path folder,
    Map<String, String> env) {
  public TagWish {
    inputs = Map.copyOf(inputs);
    env = Map.copyOf(env);
  }
}
