/**
 * The command line: one class a command, renderers of text and JSON, the only place that writes to
 * stdout and stderr.
 *
 * <h2>How a command is made</h2>
 *
 * <ol>
 *   <li>A class that implements {@link dev.gantry.cli.Command}: {@code form()} lists what it takes
 *       (a {@link dev.gantry.cli.Form}), {@code run} does it with what was {@link
 *       dev.gantry.cli.Given given} and a {@link dev.gantry.cli.Terminal}, and returns an {@link
 *       dev.gantry.cli.Exit}. It holds no state between runs, and builds nothing in its
 *       constructor: {@code --help} makes it too.
 *   <li>One line in {@link dev.gantry.cli.Commands}: the name and its one-line summary, and one arm
 *       in its {@code make}.
 *   <li>Every text for people is a {@link dev.gantry.cli.Text} in English and Chinese; ids, JSON
 *       and logs stay English.
 *   <li>{@code --help}, {@code --json}, {@code --quiet}, {@code --lang} and {@code --progress} are
 *       there without doing anything; {@code terminal.wantsJson()} tells about {@code --json}, and
 *       {@code terminal.json(document)} is then the only output. Results go out by {@code
 *       terminal.result}, everything else by {@code terminal.note}.
 *   <li>What the user wrote wrongly is a {@link dev.gantry.cli.Misuse} (exit 2). A {@link
 *       dev.gantry.failure.PublishException} may simply fly: {@link dev.gantry.cli.Main} renders it
 *       in its four lines and gives the right exit code.
 *   <li>{@code docs/cli/NAME.md} is written from the form; the test {@code HelpGolden} compares it
 *       (run it with {@code -Dgantry.golden=write} to write it again).
 * </ol>
 *
 * <p>No parameter and no result is null. A terminal may be used from many threads.
 */
@NullMarked
package dev.gantry.cli;

import org.jspecify.annotations.NullMarked;
