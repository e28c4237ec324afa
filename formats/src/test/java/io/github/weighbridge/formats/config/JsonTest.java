package io.github.weighbridge.formats.config;

import static io.github.weighbridge.formats.Resources.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  private static final Path NOWHERE = Path.of("nowhere");

  private static List<String> refused(String text) {
    return refusals(NOWHERE, () -> Json.parse(text, "m.json"));
  }

  @Test
  void tellsWholeNumbersFromFractions() {
    Tree tree = Json.parse("[1, 1.0, 1e2, 123456789012345678901, -0.0]", "m.json");
    assertThat(tree)
        .isEqualTo(Tree.of(List.of(1L, 1.0, 100.0, new BigInteger("123456789012345678901"), -0.0)));
    assertThat(Json.write(tree)).isEqualTo("[1, 1.0, 100.0, 123456789012345678901, -0.0]");
  }

  @Test
  void knowsPythonsNotNumbers() {
    String text = "{\"a\": NaN, \"b\": Infinity, \"c\": -Infinity}";
    assertThat(Json.write(Json.parse(text, "m.json"))).isEqualTo(text);
  }

  @Test
  void nodesKnowWhereTheyStand() {
    Tree tree = Json.parse("{\"a/b\": [{\"~\": null}]}", "m.json");
    Tree inner = tree.asObject().orElseThrow().items("a/b").get(0);
    assertThat(inner.pointer()).isEqualTo("/a~1b/0");
    assertThat(inner.asObject().orElseThrow().get("~").orElseThrow().pointer())
        .isEqualTo("/a~1b/0/~0");
  }

  /** Right column: what Python's json.dumps prints. */
  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "1e-7,1e-07",
    "1e16,1e+16",
    "123456789012345.0,123456789012345.0",
    "1e15,1000000000000000.0",
    "2e-3,0.002",
    "0.0001,0.0001",
    "0.00001,1e-05",
    "2.0e-3,0.002",
    "2.2250738585072014E-308,2.2250738585072014e-308",
    "4.9E-324,5e-324",
    "2.0E22,2e+22",
    "1.7976931348623157E308,1.7976931348623157e+308",
    "0.009999999776482582,0.009999999776482582",
    "-3.5,-3.5",
    "2.2E-322,2.2e-322"
  })
  void writesDoublesAsPythonDoes(double number, String expected) {
    assertThat(Json.write(Tree.of(number))).isEqualTo(expected);
  }

  @Test
  void writesTextAsPythonDoes() {
    assertThat(Json.write(Tree.of("ä\"\\\n\u0001𝄞")))
        .isEqualTo("\"\\u00e4\\\"\\\\\\n\\u0001\\ud834\\udd1e\"");
    assertThat(Json.writePretty(Json.parse("{\"a\":[1,{}],\"b\":[]}", "m.json")))
        .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
  }

  private static final String DAMAGED = "; the file is truncated or damaged; copy or save it again";

  @Test
  void refusesMalformedText() {
    assertThat(refused("{\"a\": 1, \"a\": 2}"))
        .containsExactly(
            "CONFIG_MALFORMED m.json: must be JSON, found the key 'a' twice, at line 1, column 10"
                + DAMAGED);
    assertThat(refused(""))
        .containsExactly("CONFIG_MALFORMED m.json: must be JSON, found an empty text" + DAMAGED);
    assertThat(refused("1 2"))
        .containsExactly(
            "CONFIG_MALFORMED m.json: must be JSON, found more text behind the end, at line 1,"
                + " column 3"
                + DAMAGED);
    assertThat(refused("[".repeat(501)))
        .containsExactly(
            "LIMIT_EXCEEDED m.json: must be a configuration of at most 500 levels, 67108864"
                + " characters and 1000 digits a number, found more; the file is damaged or"
                + " made to do harm");
    assertThat(refused("9".repeat(1001))).isEqualTo(refused("[".repeat(501)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{         | the end of the text too early, at line 1, column 2",
        "[1,       | the end of the text too early, at line 1, column 4",
        "{\"a\"     | the end of the text too early, at line 1, column 5",
        "\"abc      | the end of the text too early, at line 1, column 5",
        "nul       | something else at line 1, column 1",
        "{'a': 1}  | something else at line 1, column 2",
        "[1 2]     | something else at line 1, column 4"
      })
  void refusesHalfTexts(String text, String found) {
    assertThat(refused(text))
        .containsExactly("CONFIG_MALFORMED m.json: must be JSON, found " + found + DAMAGED);
  }
}
