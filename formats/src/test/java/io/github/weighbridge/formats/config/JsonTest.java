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
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void refusesMalformedText() {
    assertThat(refused("{\"a\": 1, \"a\": 2}"))
        .containsExactly(
            "CONFIG_MALFORMED m.json: must be JSON, found Duplicate field 'a' at line 1, column 13");
    assertThat(refused(""))
        .containsExactly("CONFIG_MALFORMED m.json: must be JSON, found an empty text");
    assertThat(refused("1 2"))
        .containsExactly(
            "CONFIG_MALFORMED m.json: must be JSON, found more text behind the end, at line 1,"
                + " column 3");
    assertThat(refused("[".repeat(501)))
        .containsExactly(
            "LIMIT_EXCEEDED m.json: must be a configuration of at most 500 levels, 536870912"
                + " characters and 1000 digits a number, found more");
    assertThat(refused("9".repeat(1001)).get(0)).startsWith("LIMIT_EXCEEDED m.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "{\"a\"", "nul", "{'a': 1}", "[1 2]", "\"abc", "\u0000"})
  void refusesHalfTexts(String text) {
    assertThat(refused(text).get(0)).startsWith("CONFIG_MALFORMED m.json: must be JSON, found ");
  }
}
