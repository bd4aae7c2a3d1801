package dev.gantry.tags.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.oci.Malformed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The template language, against what handlebars.js 4.7 gives. */
class TemplateTest {
  private static final Value.Obj CONTEXT = new Value.Obj(context());

  private static Map<String, Value> context() {
    var names = new LinkedHashMap<String, Value>();
    names.put("branch", Value.lazy("branch", () -> Value.of("feat/a&b")));
    names.put("tag", Value.lazy("tag", () -> Value.of("")));
    names.put("zero", Value.of(0));
    names.put("list", new Value.Arr(List.of(Value.of("x"), Value.of("y"))));
    names.put("none", new Value.Arr(List.of()));
    names.put("text", Value.of("abc"));
    names.put(
        "join",
        new Value.Fn(
            "join",
            (given, options) ->
                Value.of(
                    String.join("+", given.stream().map(Value::render).toList())
                        + options.orElse(Map.of()).values().stream()
                            .map(Value::render)
                            .reduce("", String::concat))));
    return names;
  }

  private static String render(String template) {
    return Template.parse(template).render(CONTEXT, Template.Dialect.HANDLEBARS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '`',
      value = {
        "plain § plain",
        "{{branch}} § feat/a&amp;b",
        "{{{branch}}} § feat/a&b",
        "{{&branch}} § feat/a&b",
        "{{{ branch }}} § feat/a&b",
        "{{nothing}}x § x",
        "{{zero}} § 0",
        "{{list}} § x,y",
        "{{text.length}} § 3",
        "{{list.[1]}} § y",
        "{{this.text}} § abc",
        "{{./text}} § abc",
        "{{@root.text}} § abc",
        "{{[text]}} § abc",
        "{{\"text\"}} § abc",
        "{{#if branch}}yes{{else}}no{{/if}} § yes",
        "{{#if tag}}yes{{else}}no{{/if}} § no",
        "{{#if tag}}a{{else if branch}}b{{else}}c{{/if}} § b",
        "{{#if zero}}yes{{^}}no{{/if}} § no",
        "{{#if zero includeZero=true}}yes{{else}}no{{/if}} § yes",
        "{{#if none}}yes{{else}}no{{/if}} § no",
        "{{#unless tag}}yes{{/unless}} § yes",
        "{{#each list}}{{@index}}{{this}}{{#unless @last}},{{/unless}}{{/each}} § 0x,1y",
        "{{#each list as |v k|}}{{k}}={{v}};{{/each}} § 0=x;1=y;",
        "{{#each none}}a{{else}}b{{/each}} § b",
        "{{#with text}}<{{.}}>{{/with}} § <abc>",
        "{{#with text}}{{../zero}}{{/with}} § 0",
        "{{#text}}[{{this}}]{{/text}} § [abc]",
        "{{^tag}}empty{{/tag}} § ``",
        "{{^nothing}}empty{{/nothing}} § empty",
        "{{lookup list 0}} § x",
        "{{lookup . 'text'}} § abc",
        "{{join 'a' 'b'}} § a+b",
        "{{join (join 'a' 'b') z='!'}} § a+b!",
        "{{#if (lookup this 'nothing')}}1{{else}}0{{/if}} § 0",
        "a{{! a remark }}b § ab",
        "a{{!-- a }} remark --}}b § ab",
        "a {{~text~}} b § aabcb",
        "\\{{text}} § {{text}}",
        "\\\\{{text}} § \\abc",
        "{{elsewhere}}x § x",
        "{{12}}{{true}}{{null}}x § x",
        "{{#> part}}instead{{/part}} § instead",
        "{{{{text}}}}{{raw}}{{{{/text}}}} § {{raw}}"
      })
  void rendersAsTheOriginalDoes(String template, String expected) {
    assertThat(render(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{branch",
        "{{}}",
        "{{#if branch}}",
        "{{/if}}",
        "{{#if branch}}x{{/unless}}",
        "{{else}}",
        "{{branch}}}",
        "{{{branch}}",
        "{{a..b.}}",
        "{{foo/../bar}}",
        "{{unknown 'x'}}",
        "{{text 'x'}}",
        "{{if branch}}",
        "{{#if}}x{{/if}}",
        "{{#if a b}}x{{/if}}",
        "{{> part}}",
        "{{* decorator}}",
        "{{\"open}}",
        "{{branch}}}}",
        "{{!-- open }}",
        "{{{{raw}}}} open"
      })
  void refusesWhatTheOriginalRefuses(String template) {
    assertThatThrownBy(() -> render(template)).isInstanceOf(Malformed.class);
  }

  @Test
  void removesLinesThatHoldNothingButABlock() {
    assertThat(render("a\n{{#if text}}\nb\n{{/if}}\nc")).isEqualTo("a\nb\nc");
    assertThat(render("a\n  {{! remark }}\nb")).isEqualTo("a\nb");
    assertThat(render("{{#if tag}}\na\n{{else}}\nb\n{{/if}}\n")).isEqualTo("b\n");
  }

  @Test
  void strictDialectHasNoEntitiesAndNoUnknownNames() {
    var template = Template.parse("{{branch}}");
    assertThat(template.render(CONTEXT, Template.Dialect.STRICT)).isEqualTo("feat/a&b");
    assertThatThrownBy(() -> Template.parse("{{brunch}}").render(CONTEXT, Template.Dialect.STRICT))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("brunch")
        .hasMessageContaining("branch");
  }

  @Test
  void knowsWhetherATextIsOneExpressionOnly() {
    assertThat(Template.isOnly("{{raw}}", "raw")).isTrue();
    assertThat(Template.isOnly("{{{ raw }}}", "raw")).isTrue();
    assertThat(Template.isOnly("{{raw}}-x", "raw")).isFalse();
    assertThat(Template.isOnly("{{\"raw\"}}", "raw")).isFalse();
    assertThat(Template.isOnly("{{raw", "raw")).isFalse();
  }

  @Test
  void namesWhatATemplateAsksFor() {
    var template = Template.parse("{{#if major}}{{join version}}{{/if}}");
    assertThat(template.names("major")).isTrue();
    assertThat(template.names("version")).isTrue();
    assertThat(template.names("raw")).isFalse();
  }
}
