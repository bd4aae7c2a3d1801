/**
 * Templates in the Handlebars language (handlebars.js 4.7), as far as a tag rule can use it: text,
 * expressions, blocks, sub-expressions, whitespace control. Pure; no partials and no decorators.
 *
 * <p>No parameter and no result is null. Values are immutable.
 */
@NullMarked
package dev.gantry.tags.template;

import org.jspecify.annotations.NullMarked;
