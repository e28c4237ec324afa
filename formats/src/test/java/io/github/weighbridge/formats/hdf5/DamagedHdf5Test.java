package io.github.weighbridge.formats.hdf5;

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

/** Whatever is done to a file, it is read or refused: no other exception, no hang. */
class DamagedHdf5Test {

  private static final int MAX_BYTES = 30_000;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {"hdf5/types.h5", "hdf5/encoded.h5", "hdf5/encoded_latest.h5", "hdf5/v3.h5"})
  void truncated(String name) throws IOException {
    byte[] whole = Files.readAllBytes(path(name));
    for (int length = 0; length < Math.min(whole.length, MAX_BYTES); length += 97) {
      walk(Arrays.copyOf(whole, length));
      // The length that the superblock states is believed, the rest is zero.
      walk(Arrays.copyOf(Arrays.copyOf(whole, length), whole.length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdf5/types.h5",
        "hdf5/encoded.h5",
        "hdf5/encoded_latest.h5",
        "hdf5/v3.h5",
        "hdf5/links.h5"
      })
  void patched(String name) throws IOException {
    byte[] whole = Files.readAllBytes(path(name));
    Random random = new Random(17);
    for (int round = 0; round < 400; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + round % 4; i++) {
        int at = random.nextInt(Math.min(whole.length, MAX_BYTES));
        int run = Math.min(1 + random.nextInt(8), whole.length - at);
        byte value = (byte) (round % 3 == 0 ? 0xff : random.nextInt(256));
        Arrays.fill(damaged, at, at + run, value);
      }
      walk(damaged);
    }
  }

  private void walk(byte[] bytes) throws IOException {
    Path file = Files.write(temp.resolve("damaged.h5"), bytes);
    try (Hdf5File opened = Hdf5File.open(file)) {
      walk(opened.root(), 0);
    } catch (ProblemsException expected) {
      // The one thing that may come out.
    }
  }

  private static void walk(Hdf5Group group, int depth) {
    for (String name : group.names()) {
      try {
        group
            .find(name)
            .ifPresent(
                node -> {
                  for (String attribute : node.attributes().names()) {
                    read(() -> node.attributes().texts(attribute));
                    read(() -> node.attributes().number(attribute));
                  }
                  if (node instanceof Hdf5Dataset dataset) {
                    if (Arrays.stream(dataset.dims()).reduce(1, (a, b) -> a * b) < 1 << 20) {
                      dataset.weight().load();
                    }
                  } else if (depth < 3) {
                    walk((Hdf5Group) node, depth + 1);
                  }
                });
      } catch (ProblemsException expected) {
        // The siblings are still to be read.
      }
    }
  }

  private static void read(Runnable reading) {
    try {
      reading.run();
    } catch (ProblemsException expected) {
      // The other attributes are still to be read.
    }
  }
}
