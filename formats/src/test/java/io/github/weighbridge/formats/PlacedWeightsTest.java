package io.github.weighbridge.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightRef;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of every kind and size, each in its place. */
class PlacedWeightsTest {

  @TempDir Path folder;

  private FileChannel create() throws IOException {
    return FileChannel.open(
        folder.resolve("w"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static float[] numbers(int count) {
    Random random = new Random(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat();
    }
    return numbers;
  }

  @Test
  void computedOnesStandBetweenCopiedOnes() throws IOException {
    Path source = folder.resolve("source");
    Files.write(source, new byte[] {9, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    Tensor large = Tensor.of(numbers(2500 * 4000), 2500, 4000);
    Tensor small = Tensor.of(numbers(60), 10, 6);
    List<Tensor> expected = new ArrayList<>();
    try (WeightFile file = WeightFile.open(source);
        FileChannel channel = create();
        PlacedWeights writer = new PlacedWeights(channel)) {
      WeightRef copied = WeightRef.of(DataType.UINT8, file, 1, 8);
      for (WeightRef weight :
          List.of(
              copied,
              // 40 MB: more than one tile, the last one shorter.
              WeightRef.of(large).transposed(1, 0),
              copied,
              WeightRef.of(small).transposed(1, 0),
              WeightRef.filled(DataType.FLOAT64, 0.5, 300_000),
              WeightRef.filled(DataType.FLOAT32, 1, 0, 4),
              copied)) {
        writer.write(weight);
        expected.add(weight.load());
      }
      writer.finish();
    }
    try (WeightFile written = WeightFile.open(folder.resolve("w"))) {
      long at = 0;
      for (Tensor weight : expected) {
        WeightRef back = WeightRef.of(weight.dtype(), written, at, weight.type().shape().sizes());
        assertThat(back.load().bytes()).isEqualTo(weight.bytes());
        at += back.byteCount();
      }
      assertThat(written.size()).isEqualTo(at);
    }
  }

  @Test
  void whatFailsOnTheSecondThreadIsTold() throws IOException {
    WeightRef broken =
        WeightRef.of(
            DataType.FLOAT32,
            (start, target) -> {
              throw new IOException("no element " + start);
            },
            1 << 20);
    try (FileChannel channel = create();
        PlacedWeights writer = new PlacedWeights(channel)) {
      writer.write(broken);
      assertThatThrownBy(writer::finish).isInstanceOf(IOException.class).hasMessage("no element 0");
    }
  }

  @Test
  void aWeightThatGivesTooLittleIsTold() throws IOException {
    for (int count : new int[] {4, 1 << 20}) {
      WeightRef shorter =
          WeightRef.of(
              DataType.FLOAT32,
              (start, target) -> target.position(target.limit() - Float.BYTES),
              count);
      try (FileChannel channel = create();
          PlacedWeights writer = new PlacedWeights(channel)) {
        assertThatThrownBy(
                () -> {
                  writer.write(shorter);
                  writer.finish();
                })
            .isInstanceOf(IOException.class)
            .hasMessage("wrote " + (count - 1) * 4L + " bytes where " + count * 4L + " were due");
      }
      Files.delete(folder.resolve("w"));
    }
  }
}
