package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The transcript {@code refusals.txt}: commands, all that they write to standard error, and their
 * exit codes in brackets. What they were to write stands behind {@code -o}, in an empty folder that
 * stays empty; every other path is one of {@code testdata}.
 */
class RefusalsTest {

  private static final Path TESTDATA = Run.testdata("");

  @TempDir Path folder;

  /**
   * A command of the transcript.
   *
   * @param line without the prompt
   * @param expected what follows: standard error and the exit code
   */
  private record Entry(String line, String expected) {}

  @TestFactory
  Stream<DynamicTest> areToldInFull() throws IOException {
    return transcript().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.line(),
                    () -> {
                      assertThat(answer(entry.line())).isEqualTo(entry.expected());
                      try (Stream<Path> files = Files.list(folder)) {
                        assertThat(files).isEmpty();
                      }
                    }));
  }

  @Test
  void everyDamagedFileHasAnEntry() throws IOException {
    TreeSet<String> told = new TreeSet<>();
    transcript().forEach(entry -> told.addAll(Arrays.asList(entry.line().split(" ", -1))));
    try (Stream<Path> files = Files.list(TESTDATA.resolve("malformed"))) {
      assertThat(told)
          .containsAll(
              files
                  .map(file -> "malformed/" + file.getFileName())
                  .filter(file -> !file.endsWith(".md") && !READ_AS_THEY_STAND.contains(file))
                  .toList());
    }
  }

  /** Damaged where it does no harm; {@code MalformedTest} says why. */
  private static final List<String> READ_AS_THEY_STAND =
      List.of(
          "malformed/bomb_asset.keras",
          "malformed/missing_metadata.keras",
          "malformed/unknown_version.keras");

  private String answer(String line) {
    List<String> words = List.of(line.split(" ", -1));
    List<Object> args = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (i > 0 && words.get(i - 1).equals("-o")) {
        args.add(folder.resolve(word));
      } else {
        args.add(word.contains("/") ? TESTDATA.resolve(word) : word);
      }
    }
    Run run = Run.of(args.toArray());
    return run.errors().stream()
            .map(text -> text.replace(TESTDATA + "/", "").replace(folder.toString(), "OUT"))
            .collect(Collectors.joining("\n", "", "\n"))
        + "["
        + run.code()
        + "]";
  }

  private static List<Entry> transcript() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(RefusalsTest.class.getResourceAsStream("refusals.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String block : text.split("(?m)^\\$ ", -1)) {
        if (!block.startsWith("#")) {
          String body = block.replaceAll("(?m)^#.*\n", "").stripTrailing();
          int end = body.indexOf('\n');
          entries.add(new Entry(body.substring(0, end), body.substring(end + 1)));
        }
      }
    }
    return entries;
  }
}
