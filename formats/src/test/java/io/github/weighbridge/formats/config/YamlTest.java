package io.github.weighbridge.formats.config;

import static io.github.weighbridge.formats.Resources.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

  private static List<String> refused(String text) {
    return refusals(Path.of("nowhere"), () -> Yaml.parse(text, "m.yaml"));
  }

  @Test
  void resolvesPlainScalars() {
    Tree tree =
        Yaml.parse(
            "[1, -2, 0x10, 1_000, 1.0, 1e-05, .5, .inf, -.inf, .nan, true, No, null, ~, a b, '1',"
                + " \"true\", 1.2.2, same]",
            "m.yaml");
    assertThat(tree)
        .isEqualTo(
            Tree.of(
                Arrays.asList(
                    1,
                    -2,
                    16,
                    1000,
                    1.0,
                    1e-5,
                    0.5,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    Double.NaN,
                    true,
                    false,
                    null,
                    null,
                    "a b",
                    "1",
                    "true",
                    "1.2.2",
                    "same")));
  }

  @Test
  void readsPythonsPlainTypesAsData() {
    Tree tree =
        Yaml.parse(
            """
            a: !!python/tuple [1, 2]
            b: !!python/unicode 'x'
            c: !!python/str "1"
            d: !!python/long 12
            e: !!float 1
            f: !!str 5
            g: !!null ''
            """,
            "m.yaml");
    Tree.Obj object = tree.asObject().orElseThrow();
    assertThat(object.items("a")).hasSize(2);
    assertThat(object.text("b")).contains("x");
    assertThat(object.text("c")).contains("1");
    assertThat(object.get("d")).contains(Tree.of(12));
    assertThat(object.get("e")).contains(Tree.of(1.0));
    assertThat(object.text("f")).contains("5");
    assertThat(object.get("g").orElseThrow().isNull()).isTrue();
  }

  /** As PyYAML 5.3 writes numpy.float32(0.3), numpy.int64(3), numpy.bool_(True), float64 0.2... */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f4|<|!!binary mpmZPg==|0.30000001192092896",
        "f4|>|!!binary PpmZmg==|0.30000001192092896",
        "f8|<|!!binary mpmZmZmZyT8=|0.2",
        "f2|<|!!binary Mzs=|0.89990234375",
        "i8|<|!!binary AwAAAAAAAAA=|3",
        "i4|>|!!binary AAAAAw==|3",
        "u1|'|'|!!binary /w==|255",
        "b1|'|'|!!binary AQ==|true",
        "i4|<|\"\\x03\\0\\0\\0\"|3",
        "i2|<|!!python/str \"\\x01\\x02\"|513"
      })
  void readsNumbersOfNumpy(String type, String order, String bytes, String number) {
    String text =
        """
        a: !!python/object/apply:numpy.core.multiarray.scalar
        - &dtype !!python/object/apply:numpy.dtype
          args: [%s, 0, 1]
          state: !!python/tuple [3, '%s', null, -1, -1, 0]
        - %s
        b: !!python/object/apply:numpy.core.multiarray.scalar
        - *dtype
        - %s
        """
            .formatted(type, order, bytes, bytes);
    Tree.Obj tree = Yaml.parse(text, "m.yaml").asObject().orElseThrow();
    assertThat(tree.get("a").orElseThrow()).hasToString(number);
    assertThat(tree.get("b")).isEqualTo(tree.get("a"));
    assertThat(tree.get("a").orElseThrow().pointer()).isEqualTo("/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{args: [f4, 0, 1], state: [3, <]}, !!binary AAA=]",
        "[{args: [f4, 0, 1], state: [3, <]}, !!binary '***']",
        "[{args: [O8, 0, 1], state: [3, <]}, !!binary AAAAAAAAAAA=]",
        "[{args: [f4, 0, 1]}, !!binary mpmZPg==]",
        "[f4, !!binary mpmZPg==]"
      })
  void refusesOtherArgumentsOfNumbers(String arguments) {
    String tag = "!!python/object/apply:numpy.core.multiarray.scalar ";
    assertThat(refused("a: " + tag + arguments))
        .containsExactly(
            "CONFIG_MALFORMED m.yaml, /a: must be a number of numpy, found other arguments; save"
                + " the architecture again, with model.to_json()");
  }

  @Test
  void refusesCodeWithinNumbers() {
    String tag = "!!python/object/apply:numpy.core.multiarray.scalar ";
    assertThat(refused("a: " + tag + "[!!python/object/apply:os.system [ls], x]").get(0))
        .startsWith("CODE_REFUSED m.yaml, /a/0: must be data");
    assertThat(refused("a: !!python/object/apply:numpy.dtype {args: [f4, 0, 1]}").get(0))
        .startsWith("CODE_REFUSED m.yaml, /a: must be data");
  }

  /** As TensorFlow 2.1 writes the axis of BatchNormalization. */
  @Test
  void readsWrappedLists() {
    String tag = "!!python/object/apply:tensorflow.python.training.tracking.data_structures.";
    Tree.Obj tree =
        Yaml.parse("a: " + tag + "ListWrapper\n- - 3\n", "m.yaml").asObject().orElseThrow();
    assertThat(tree.get("a")).contains(Tree.of(List.of(3)));
    assertThat(tree.items("a").get(0).pointer()).isEqualTo("/a/0");
    assertThat(refused("a: " + tag + "ListWrapper [1]").get(0)).startsWith("CODE_REFUSED");
    assertThat(refused("a: " + tag + "Other [[1]]").get(0)).startsWith("CODE_REFUSED");
  }

  @Test
  void repeatsAliasesAtTheirPlace() {
    Tree.Obj tree = Yaml.parse("a: &x [1]\nb: *x\n", "m.yaml").asObject().orElseThrow();
    assertThat(tree.items("b").get(0).pointer()).isEqualTo("/b/0");
  }

  @ParameterizedTest
  @CsvSource({
    "python/object:os.system",
    "python/object/apply:os.system",
    "python/object/new:os.system",
    "python/name:os.system",
    "python/module:os",
    "binary",
    "set"
  })
  void refusesCode(String tag) {
    for (String value : List.of("[ls]", "{a: 1}", "'ls'")) {
      assertThat(refused("a: !!" + tag + " " + value))
          .containsExactly(
              "CODE_REFUSED m.yaml, /a: must be data, found the tag !!"
                  + tag
                  + ", which asks for Python to be run; save the architecture as JSON with the Keras"
                  + " that wrote it");
    }
  }

  @Test
  void refusesBombsAndDepth() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
    }
    assertThat(refused(bomb.toString()))
        .containsExactly(
            "LIMIT_EXCEEDED m.yaml: must not have more than 5000000 values, repeated ones counted,"
                + " found more; the file is damaged or made to do harm");
    assertThat(refused("[".repeat(600) + "]".repeat(600)).get(0))
        .startsWith("LIMIT_EXCEEDED m.yaml");
  }

  @Test
  void refusesMalformedText() {
    assertThat(refused("a: 1\na: 2\n"))
        .containsExactly(
            "CONFIG_MALFORMED m.yaml: must not have a key twice, found 'a' at the root; save"
                + " the architecture again, with model.to_json()");
    assertThat(refused("a: *b"))
        .containsExactly(
            "CONFIG_MALFORMED m.yaml: must name what stands before it, found the alias *b; save"
                + " the architecture again, with model.to_json()");
    assertThat(refused(""))
        .containsExactly(
            "CONFIG_MALFORMED m.yaml: must be YAML, found an empty text; save the"
                + " architecture again, with model.to_json()");
    assertThat(refused("a\n---\nb\n"))
        .containsExactly(
            "CONFIG_MALFORMED m.yaml: must be one document, found several; save"
                + " the architecture again, with model.to_json()");
    assertThat(refused("{? [1] : 2}"))
        .containsExactly(
            "CONFIG_MALFORMED m.yaml: must have plain keys, found a list or map as key; save"
                + " the architecture again, with model.to_json()");
    assertThat(refused("a: !!int x"))
        .containsExactly("CONFIG_MALFORMED m.yaml, /a: must be what its tag says, found x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [", "a: b: c", "\t- x", "%", "\"abc", "a: 'x", "!<", "&", "\u0000"})
  void refusesHalfTexts(String text) {
    assertThat(refused(text).get(0)).startsWith("CONFIG_MALFORMED m.yaml");
  }

  @Test
  void writesWhatItReads() {
    Tree tree =
        Tree.of(
            Map.of(
                "list",
                Arrays.asList(1, 1.0, 1e-7, null, true, "yes", "", "1", "a: b", List.of()),
                "nested",
                List.of(Map.of("x", List.of(List.of(1, 2), Map.of())), List.of(3)),
                "größe",
                "𝄞",
                "nan",
                Double.NaN,
                "inf",
                Double.NEGATIVE_INFINITY));
    String text = Yaml.write(tree);
    assertThat(Yaml.parse(text, "m.yaml")).isEqualTo(tree);
    assertThat(Yaml.write(Tree.of(Map.of("a", List.of(1, Map.of("b", "c"))))))
        .isEqualTo("a:\n  - 1\n  - b: c\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a a",
        "2.2.4-tf \"2.2.4-tf\"",
        "yes \"yes\"",
        "12:30:45 \"12:30:45\"",
        "1e-07 \"1e-07\"",
        "- \"-\"",
        "== \"==\"",
        "\u00e9 \"\\u00e9\"",
        "\ud834\udd1e \"\\U0001d11e\"",
      })
  void quotesWhatYamlTakesForOtherThings(String text, String written) {
    assertThat(Yaml.write(Tree.of(text))).isEqualTo(written + "\n");
  }
}
