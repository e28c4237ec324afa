package io.github.weighbridge.formats.keras;

import static io.github.weighbridge.formats.Resources.path;

import io.github.weighbridge.core.problem.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done to a file, it is opened or refused with problems. */
class DamagedKerasTest {

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras3_sequential.keras",
        "keras3_sequential.h5",
        "tfkeras_functional_weights.h5",
        "tfkeras_functional.json",
        "yaml_keras1.yaml"
      })
  void truncatedAndPatched(String name) throws IOException {
    byte[] whole = Files.readAllBytes(path("keras/" + name));
    for (int length = 0; length < whole.length; length += 97) {
      open(Arrays.copyOf(whole, length));
      open(Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
    }
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= round % 3; i++) {
        damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      }
      open(damaged);
    }
  }

  private void open(byte[] bytes) throws IOException {
    Path file = Files.write(temp.resolve("damaged"), bytes);
    try {
      KerasFile.open(file).close();
    } catch (ProblemsException expected) {
      // The one thing that may come out.
    }
  }
}
