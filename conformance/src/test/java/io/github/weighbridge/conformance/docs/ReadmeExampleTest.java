package io.github.weighbridge.conformance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in README.md is this program, and it works. */
class ReadmeExampleTest {

  private static final Path SOURCE =
      Path.of("src/test/java/io/github/weighbridge/conformance/docs/ReadmeExample.java");
  private static final Path MODEL = Path.of("../testdata/models/lenet_keras3/model.keras");

  @TempDir Path folder;

  @Test
  void standsInReadme() throws IOException {
    String source = Files.readString(SOURCE);
    String begin = "// README begins\n";
    String example =
        source.substring(
            source.indexOf(begin) + begin.length(), source.indexOf("// README ends\n"));
    assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + example + "```\n");
  }

  @Test
  void convertsAndPredicts() throws IOException {
    Path onnx = folder.resolve("lenet.onnx");
    assertThat(outputOf(MODEL.toString(), onnx.toString()))
        .startsWith("input_layer: float32[batch, 28, 28, 1]")
        .containsPattern("\\[(0\\.\\d+(E-\\d+)?, ){9}0\\.\\d+(E-\\d+)?]");
    assertThat(onnx).isNotEmptyFile();
  }

  private static String outputOf(String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      ReadmeExample.main(args);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
