package dev.gantry;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
 * @param releases lists the tags of the registry, to tell the highest release by them and not by
 *     git
 * @param env the environment
 */
public record TagWish(
    Map<String, String> inputs,
    boolean compat,
    Optional<Path> repository,
    Optional<String> now,
    InstantSource clock,
    Path folder,
    Map<String, String> env,
    Optional<Releases> releases) {

  /** Lists what was released before; asked at most once, and only when a rule needs it. */
  @FunctionalInterface
  public interface Releases {
    List<String> names() throws InterruptedException;
  }

  public TagWish {
    inputs = Map.copyOf(inputs);
    env = Map.copyOf(env);
  }
}
