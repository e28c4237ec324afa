package io.github.weighbridge.conformance.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.conformance.Tool;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.config.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case that real Keras or DL4J wrote, replayed by {@code verify} on every way: one process,
 * one test for each family and way.
 */
class ParityTest {

  private static final Path TESTDATA = Path.of("..", "testdata");

  /**
   * Cases of layers of DL4J that are not read yet. The list can only shrink: a case that runs must
   * leave it.
   */
  private static final Set<String> REFUSED = Set.of("dl4j/1.0.0-beta4_simple_rnn_layer_norm");

  /** A row of what verify reports. */
  private record Row(String id, String through, String status, String message) {
    static Row of(Tree tree) {
      Tree.Obj row = tree.asObject().orElseThrow();
      return new Row(
          row.text("id").orElseThrow(),
          row.text("through").orElseThrow(),
          row.text("status").orElseThrow(),
          row.text("message").orElseThrow());
    }

    String family() {
      return id.substring(0, id.indexOf('/')) + " through " + through;
    }

    /**
     * Hashes and text, for which ONNX has no operators, and what only exists for known sizes, where
     * a run on ND4J knows them; the message says so.
     */
    boolean lacksOnnxForm() {
      return through.equals("onnx")
          && (message.contains("must be an operation that ONNX can express")
              || message.contains("build the model with inputs of known size"));
    }

    /** What one Keras can say and another cannot; the message says which layer, or how many. */
    boolean lacksWordsInKeras() {
      return through.startsWith("keras") && message.contains(": must ");
    }

    @Override
    public String toString() {
      return id + ": " + status + ": " + message;
    }
  }

  @TestFactory
  Stream<DynamicTest> predictsWhatKerasDid() throws Exception {
    Tool verify =
        Tool.weighbridge(
            List.of(), "verify", TESTDATA, "--through", "nd4j,onnx,keras,keras-h5", "--json");
    assertThat(verify.code()).as(verify.err()).isIn(0, 1);
    List<Row> rows =
        Json.parse(verify.out(), "verify --json").asObject().orElseThrow().get("cases").stream()
            .flatMap(cases -> cases.items().stream())
            .map(Row::of)
            .toList();
    assertThat(rows).as(verify.err()).hasSizeGreaterThan(12_000);
    Map<String, List<Row>> families =
        rows.stream()
            .collect(Collectors.groupingBy(Row::family, TreeMap::new, Collectors.toList()));
    return families.entrySet().stream()
        .map(family -> DynamicTest.dynamicTest(family.getKey(), () -> check(family.getValue())));
  }

  private static void check(List<Row> rows) {
    assertThat(rows)
        .filteredOn(row -> row.status().equals("mismatch") || row.status().equals("error"))
        .isEmpty();
    String family = rows.get(0).id().substring(0, rows.get(0).id().indexOf('/') + 1);
    Set<String> refused =
        rows.stream()
            .filter(row -> row.status().equals("refused"))
            .filter(
                row ->
                    REFUSED.contains(row.id())
                        || (!row.lacksOnnxForm() && !row.lacksWordsInKeras()))
            .map(Row::id)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(refused)
        .containsExactlyInAnyOrderElementsOf(
            REFUSED.stream().filter(id -> id.startsWith(family)).toList());
  }
}
