package io.github.weighbridge.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.conformance.Tool;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every damaged model of {@code testdata/malformed} against {@code malformed.txt}, which says with
 * which problem codes it is refused, or that it is read and why that is right. Read in 512 MB.
 */
class MalformedTest {

  private static final Path DAMAGED = Path.of("..", "testdata", "malformed");
  private static final long MAX_MILLIS = 10_000;

  /** Damage at random may do no harm; what it must not do is fail. */
  private static final String ANY = "any";

  private static final String ACCEPTED = "accepted";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> isRefusedWithTheFittingProblem() throws Exception {
    Tool reader =
        Tool.java(
            System.getProperty("java.class.path"),
            List.of("-Xmx512m"),
            HostileReader.class.getName(),
            DAMAGED,
            folder);
    assertThat(reader.code()).as(reader.err()).isZero();
    List<Tree.Obj> rows =
        reader
            .out()
            .lines()
            .map(line -> Json.parse(line, "reader").asObject().orElseThrow())
            .toList();
    Map<String, Set<String>> expected = expected();
    Set<String> written;
    try (Stream<Path> files = Files.list(folder)) {
      written = files.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
    }
    return rows.stream()
        .map(
            row -> {
              String file = row.text("file").orElseThrow();
              return DynamicTest.dynamicTest(
                  file,
                  () ->
                      check(
                          row,
                          Objects.requireNonNull(expected.get(file), "not in the table"),
                          written.contains(file + ".onnx")));
            });
  }

  @Test
  void tableHasEveryModelAndNoOther() throws IOException {
    try (Stream<Path> paths = Files.list(DAMAGED)) {
      assertThat(expected().keySet())
          .containsExactlyInAnyOrderElementsOf(
              paths.filter(HostileReader::isModel).map(p -> p.getFileName().toString()).toList());
    }
  }

  private static void check(Tree.Obj row, Set<String> expected, boolean written) {
    String outcome = row.text("outcome").orElseThrow();
    List<String> problems =
        row.get("problems").orElseThrow().items().stream()
            .map(problem -> problem.asText().orElseThrow())
            .toList();
    assertThat(outcome).as(problems.toString()).isNotEqualTo("failed");
    assertThat(row.get("millis").flatMap(Tree::asLong).orElseThrow()).isLessThan(MAX_MILLIS);
    assertThat(written).as("a file was written").isEqualTo(outcome.equals(ACCEPTED));
    assertThat(problems)
        .allSatisfy(problem -> assertThat(problem).contains(row.text("file").orElseThrow()));
    if (!expected.contains(ANY)) {
      Set<String> codes =
          problems.stream()
              .map(problem -> problem.substring(0, problem.indexOf(' ')))
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> told = new TreeSet<>(codes);
      if (outcome.equals(ACCEPTED)) {
        told.add(ACCEPTED);
      }
      assertThat(told).as(problems.toString()).isEqualTo(expected);
    }
  }

  /** The lines of the table: file, codes; {@code #} begins a remark. */
  private static Map<String, Set<String>> expected() throws IOException {
    Map<String, Set<String>> table = new LinkedHashMap<>();
    try (InputStream in =
        Objects.requireNonNull(MalformedTest.class.getResourceAsStream("malformed.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().map(l -> l.replaceFirst("#.*", "").strip()).toList()) {
        if (!line.isEmpty()) {
          List<String> words = Arrays.asList(line.split("\\s+"));
          table.put(words.get(0), new TreeSet<>(words.subList(1, words.size())));
        }
      }
    }
    return table;
  }
}
