package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of the user guide answers what stands below it there. */
@NullMarked
class UserGuideTest {

  private static final Path PAGE = Path.of("..", "docs", "user-guide.md");
  private static final String COMMAND = "    bin/weighbridge ";
  private static final String FENCE = "```";

  @TempDir Path folder;

  /**
   * A command with its answer.
   *
   * @param answer empty where the guide shows none
   */
  record Example(String command, List<String> answer) {}

  static Stream<Example> examples() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(COMMAND)) {
        String command = lines.get(i).substring(COMMAND.length());
        boolean answered = i + 2 < lines.size() && lines.get(i + 2).startsWith(FENCE);
        int from = i + 3;
        int to = from;
        while (answered && !lines.get(to).equals(FENCE)) {
          to++;
        }
        examples.add(new Example(command, answered ? lines.subList(from, to) : List.of()));
      }
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void answersAsItSays(Example example) {
    List<Object> arguments = new ArrayList<>();
    boolean isTarget = false;
    for (String argument : example.command().split(" ", -1)) {
      boolean isData = argument.startsWith("testdata/");
      arguments.add(isTarget ? folder.resolve(argument) : isData ? "../" + argument : argument);
      isTarget = argument.equals("-o");
    }
    Run run = Run.of(arguments.toArray());
    String answer =
        (run.err() + run.out()).replace("../testdata", "testdata").replace(folder + "/", "");
    if (!example.answer().isEmpty()) {
      assertThat(answer.lines().map(UserGuideTest::plain).toList())
          .isEqualTo(example.answer().stream().map(UserGuideTest::plain).toList());
    } else {
      assertThat(run.code()).as(answer).isZero();
    }
  }

  /** The last bits of a difference are the machine's; files name the version that wrote them. */
  private static String plain(String line) {
    return line.replaceAll("largest difference .*", "").replaceAll("[0-9,]+ bytes$", "bytes");
  }
}
