package io.github.weighbridge.formats.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightFile;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers of every age, and those that no ND4J has written. */
class NdArrayReaderTest {

  @TempDir Path folder;

  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  private WeightFile file(Writer writer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(new DataOutputStream(bytes));
    return WeightFile.open(Files.write(folder.resolve("array.bin"), bytes.toByteArray()));
  }

  private static NdArray read(WeightFile file) throws IOException {
    return NdArrayReader.read(file, 0, file.size(), Place.file("array.bin"));
  }

  private static void header(DataOutputStream out, String mode, long... shape) throws IOException {
    boolean wide = mode.equals("LONG_SHAPE") || mode.equals("MIXED_DATA_TYPES");
    int rank = shape.length;
    out.writeUTF(mode);
    length(out, wide, 2L * rank + 4);
    out.writeUTF(wide ? "LONG" : "INT");
    number(out, wide, rank);
    for (long size : shape) {
      number(out, wide, size);
    }
    for (int i = 0; i < rank + 2; i++) {
      number(out, wide, 1);
    }
    number(out, wide, 'c');
  }

  private static void length(DataOutputStream out, boolean wide, long length) throws IOException {
    number(out, wide, length);
  }

  private static void number(DataOutputStream out, boolean wide, long number) throws IOException {
    if (wide) {
      out.writeLong(number);
    } else {
      out.writeInt((int) number);
    }
  }

  private static void data(DataOutputStream out, String mode, String type, long count)
      throws IOException {
    out.writeUTF(mode);
    number(out, !mode.equals("JAVACPP"), count);
    out.writeUTF(type);
  }

  @ParameterizedTest
  @CsvSource({"JAVACPP, UP_TO_BETA", "LONG_SHAPE, BETA_2_OR_3", "MIXED_DATA_TYPES, BETA_4_TO_M1"})
  void readsRowsOfEveryAge(String mode, Dl4jAge age) throws IOException {
    try (WeightFile file =
        file(
            out -> {
              header(out, mode, 1, 3);
              data(out, mode, "FLOAT", 3);
              out.writeFloat(1.5f);
              out.writeFloat(-2);
              out.writeFloat(3);
            })) {
      NdArray array = read(file);
      assertThat(array.age()).isEqualTo(age);
      assertThat(array.shape()).containsExactly(1L, 3L);
      assertThat(array.dtype()).isEqualTo(DataType.FLOAT32);
      assertThat(array.end()).isEqualTo(file.size());
      Tensor part = array.part(1, 2, 1).load();
      assertThat(part.sizes()).containsExactly(2, 1);
      assertThat(part.getDouble(0)).isEqualTo(-2);
      assertThat(part.getDouble(1)).isEqualTo(3);
    }
  }

  @Test
  void readsVectorsAsThoseOfM2() throws IOException {
    try (WeightFile file =
        file(
            out -> {
              header(out, "MIXED_DATA_TYPES", 2);
              data(out, "MIXED_DATA_TYPES", "DOUBLE", 2);
              out.writeDouble(0.1);
              out.writeDouble(1e300);
            })) {
      NdArray array = read(file);
      assertThat(array.age()).isEqualTo(Dl4jAge.FROM_M2);
      assertThat(array.part(0, 2).load().getDouble(1)).isEqualTo(1e300);
      assertThatThrownBy(() -> array.part(1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesMoreElementsThanTheFileHas() throws IOException {
    try (WeightFile file =
        file(
            out -> {
              header(out, "MIXED_DATA_TYPES", 1L << 40);
              data(out, "MIXED_DATA_TYPES", "FLOAT", 1L << 40);
              out.writeFloat(1);
            })) {
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(ProblemsException.class)
          .hasMessage(
              "array.bin: must have the 1099511627776 elements that it states, found 4 bytes of 4"
                  + " for each; the file is truncated or damaged; save the model again");
    }
  }

  @Test
  void refusesAShapeOfOtherSize() throws IOException {
    try (WeightFile file =
        file(
            out -> {
              header(out, "LONG_SHAPE", 1, 3);
              data(out, "LONG_SHAPE", "FLOAT", 1);
              out.writeFloat(1);
            })) {
      assertThatThrownBy(() -> read(file))
          .hasMessageContaining("must have as many elements as its shape [1, 3], found 1 elements");
    }
  }

  @Test
  void refusesShapesThatOverflow() throws IOException {
    try (WeightFile file =
        file(
            out -> {
              header(out, "LONG_SHAPE", Long.MAX_VALUE, 4);
              data(out, "LONG_SHAPE", "FLOAT", 1);
              out.writeFloat(1);
            })) {
      assertThatThrownBy(() -> read(file)).hasMessageContaining("must have fewer than 2^63");
    }
  }

  @Test
  void refusesElementsThatNoParametersHave() throws IOException {
    try (WeightFile file =
        file(
            out -> {
              header(out, "MIXED_DATA_TYPES", 1);
              data(out, "MIXED_DATA_TYPES", "COMPRESSED", 1);
            })) {
      assertThatThrownBy(() -> read(file))
          .hasMessageContaining("must have elements of type HALF, BFLOAT16, FLOAT or DOUBLE")
          .hasMessageContaining("found COMPRESSED");
    }
  }

  @Test
  void refusesWhatIsNoArray() throws IOException {
    try (WeightFile file = file(out -> out.writeUTF("java.util.HashMap"))) {
      assertThatThrownBy(() -> read(file))
          .hasMessageContaining("must begin with the allocation mode of a buffer")
          .hasMessageContaining("'java.util.HashMap'");
    }
  }

  @Test
  void refusesHeadersThatEndEarly() throws IOException {
    try (WeightFile file =
        file(
            out -> {
              out.writeUTF("MIXED_DATA_TYPES");
              out.writeInt(0);
            })) {
      assertThatThrownBy(() -> read(file)).hasMessageContaining("must have the header of an ND");
    }
  }
}
