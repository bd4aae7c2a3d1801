/** The command line: one class a command, text and JSON renderers, the only System.out. */
@NullMarked
package dev.gantry.cli;

import org.jspecify.annotations.NullMarked;
