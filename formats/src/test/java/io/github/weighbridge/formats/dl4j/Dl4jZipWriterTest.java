package io.github.weighbridge.formats.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes against those that DL4J itself wrote. */
class Dl4jZipWriterTest {

  private static final Tree.Obj CONFIGURATION = (Tree.Obj) Tree.of(Map.of("confs", List.of()));

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "mlp_adam.zip, FLOAT32, 113, STORED",
    "mlp_adam.zip, FLOAT32, 113, DEFLATED",
    "mlp_adam_double.zip, FLOAT64, 114, STORED",
    "mlp_adam_half.zip, FLOAT16, 112, STORED",
    "mlp_adam_bfloat16.zip, BFLOAT16, 116, STORED",
    "mlp_noparams.zip, FLOAT32, 113, STORED"
  })
  void writesParametersAsDl4jDoes(String sample, DataType dtype, int header, Method method)
      throws IOException {
    byte[] expected = entry(sample, "coefficients.bin");
    int count = (expected.length - header) / dtype.byteSize();
    WeightRef all = WeightRef.of(Tensor.of(dtype, elements(expected, header, dtype), count));
    Path zip = folder.resolve("m.zip");
    // In two parts: where one weight ends does not show.
    int cut = count / 3;
    Dl4jZipWriter.write(
        zip,
        CONFIGURATION,
        dtype,
        List.of(all.sliced(0, 0, cut), all.sliced(0, cut, count)),
        List.of(),
        Map.of(),
        method);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      ZipEntry entry = file.getEntry("coefficients.bin");
      assertThat(Collections.list(file.entries()))
          .allMatch(
              own ->
                  own.getMethod()
                      == (method == Method.STORED ? ZipEntry.STORED : ZipEntry.DEFLATED));
      assertThat(file.getInputStream(entry).readAllBytes()).isEqualTo(expected);
    }
  }

  @Test
  void writesWhatTheUpdaterKeepsAsDl4jDoes() throws IOException {
    byte[] expected = entry("mlp_adam.zip", "updaterState.bin");
    int header = 113;
    int count = (expected.length - header) / Float.BYTES;
    WeightRef state =
        WeightRef.of(
            Tensor.of(DataType.FLOAT32, elements(expected, header, DataType.FLOAT32), count));
    Path zip = folder.resolve("m.zip");
    Dl4jZipWriter.write(
        zip,
        CONFIGURATION,
        DataType.FLOAT32,
        List.of(state),
        List.of(state),
        Map.of(),
        Method.STORED);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      ZipEntry entry = file.getEntry("updaterState.bin");
      assertThat(file.getInputStream(entry).readAllBytes()).isEqualTo(expected);
    }
  }

  @Test
  void printsConfigurationsAsDl4jDoes() throws IOException {
    String expected =
        new String(entry("mlp_adam.zip", "configuration.json"), StandardCharsets.UTF_8);
    Tree.Obj tree = (Tree.Obj) Json.parse(expected, "configuration.json");
    assertThat(ConfigurationText.of(tree)).isEqualTo(expected);
  }

  @Test
  void quotesNumbersThatAreNone() {
    Tree.Obj tree = Tree.object().with("learningRate", Tree.of(Double.NaN));
    assertThat(ConfigurationText.of(tree))
        .isEqualTo(
            """
            {
              "learningRate" : "NaN"
            }""");
  }

  @Test
  void refusesWhatDl4jCouldNotReadBack() {
    Path zip = folder.resolve("large.zip");
    WeightRef large = WeightRef.filled(DataType.FLOAT32, 0, 1 << 15, 1 << 14);
    assertThatThrownBy(
            () ->
                Dl4jZipWriter.write(
                    zip,
                    CONFIGURATION,
                    DataType.FLOAT32,
                    List.of(large),
                    List.of(),
                    Map.of(),
                    Method.STORED))
        .hasMessage(
            zip
                + ": must have parameters of less than 2 GiB, because DL4J cannot read more back,"
                + " found 2147483761 bytes; convert to ONNX");
    assertThat(Files.exists(zip)).isFalse();
  }

  private static ByteBuffer elements(byte[] array, int header, DataType dtype) {
    ByteBuffer bytes = ByteBuffer.allocate(array.length - header).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = header; at < array.length; at += dtype.byteSize()) {
      for (int i = dtype.byteSize() - 1; i >= 0; i--) {
        bytes.put(array[at + i]);
      }
    }
    return bytes.flip();
  }

  private static byte[] entry(String sample, String name) throws IOException {
    InputStream stream =
        Objects.requireNonNull(Dl4jZipWriterTest.class.getResourceAsStream("/dl4j/" + sample));
    try (ZipInputStream zip = new ZipInputStream(stream)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(name)) {
          return zip.readAllBytes();
        }
      }
    }
    throw new IllegalArgumentException(sample + " has no " + name);
  }
}
