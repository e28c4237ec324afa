package io.github.weighbridge.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.weighbridge.core.problem.ProblemsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that stand in a file: read by region, and told when the file is no longer the same. */
class WeightFileTest {

  @TempDir private Path folder;

  /** Three bytes of something else, then 0 to 9 as floats. */
  private Path file() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(43).order(ByteOrder.LITTLE_ENDIAN).position(3);
    for (int i = 0; i < 10; i++) {
      bytes.putFloat(i);
    }
    return Files.write(folder.resolve("weights.bin"), bytes.array());
  }

  @Test
  void readsRegionsAtAnyPlace() throws IOException {
    try (WeightFile file = WeightFile.open(file())) {
      WeightRef weight = WeightRef.of(DataType.FLOAT32, file, 3, 2, 5);
      assertThat(weight.load().doubles()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      ByteBuffer two = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      weight.read(4, two);
      assertThat(two.getFloat(0)).isEqualTo(4);
      assertThat(two.getFloat(4)).isEqualTo(5);
      assertThat(weight.region()).contains(new WeightSource.FileRegion(file, 3, 40));
      assertThat(weight.reshaped(10).load().doubles()).hasSize(10);
      assertThat(weight.transposed(1, 0).region()).isEmpty();
      assertThat(weight.byteSwapped().region()).isEmpty();
      assertThat(weight.byteSwapped().byteSwapped().region()).isEqualTo(weight.region());
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      file.transferTo(3, 40, Channels.newChannel(copy));
      assertThat(copy.toByteArray()).hasSize(40).endsWith(0, 0, 0x10, 0x41);
    }
  }

  @Test
  void regionsBeyondTheEndAreRefused() throws IOException {
    Path path = file();
    try (WeightFile file = WeightFile.open(path)) {
      assertThatThrownBy(() -> WeightRef.of(DataType.FLOAT32, file, 4, 2, 5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("40 bytes at 4 are not within the 43 of " + path);
      assertThatThrownBy(() -> WeightRef.of(DataType.FLOAT32, file, -1, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("4 bytes at -1 are not within the 43 of " + path);
      assertThatThrownBy(() -> WeightRef.of(DataType.FLOAT32, file, 0, 1L << 62, 4))
          .isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void changedFilesAreTold() throws IOException {
    Path path = file();
    try (WeightFile file = WeightFile.open(path)) {
      WeightRef weight = WeightRef.of(DataType.FLOAT32, file, 3, 10);
      Files.setLastModifiedTime(path, FileTime.fromMillis(1));
      assertThatThrownBy(weight::load)
          .isInstanceOf(ProblemsException.class)
          .hasMessage(changed(path));
    }
  }

  @Test
  void truncatedFilesAreTold() throws IOException {
    Path path = file();
    try (WeightFile file = WeightFile.open(path)) {
      WeightRef weight = WeightRef.of(DataType.FLOAT32, file, 3, 10);
      Files.write(path, new byte[20], StandardOpenOption.TRUNCATE_EXISTING);
      assertThatThrownBy(weight::load)
          .isInstanceOf(ProblemsException.class)
          .hasMessage(changed(path));
      ByteBuffer tail = ByteBuffer.allocate(8);
      assertThatThrownBy(() -> weight.read(8, tail))
          .isInstanceOf(ProblemsException.class)
          .hasMessage(changed(path));
    }
  }

  private static String changed(Path path) {
    return path
        + ": must stay as it is while it is read, found a change since it was opened; run again"
        + " when nothing writes to it";
  }

  @Test
  void deletedFilesAreStillRead() throws IOException {
    Path path = file();
    try (WeightFile file = WeightFile.open(path)) {
      Files.delete(path);
      assertThat(WeightRef.of(DataType.FLOAT32, file, 3, 10).load().getDouble(9)).isEqualTo(9);
    }
  }

  @Test
  void theLastHolderCloses() throws IOException {
    Path path = file();
    WeightFile file = WeightFile.open(path);
    WeightRef weight = WeightRef.of(DataType.FLOAT32, file, 3, 10);
    file.retain();
    file.close();
    assertThat(weight.load().count()).isEqualTo(10);
    file.close();
    String message = path + " is closed; its weights can no longer be read";
    assertThatThrownBy(weight::load).isInstanceOf(IllegalStateException.class).hasMessage(message);
    assertThatThrownBy(file::retain).isInstanceOf(IllegalStateException.class).hasMessage(message);
    file.close();
    assertThat(file).hasToString(path.toString());
  }
}
