package io.github.weighbridge.conformance.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.config.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DL4J of any version wrote comes back as it was: the same bytes of parameters and state. */
class Dl4jRoundTripTest {

  private static final Path TESTDATA = Path.of("../testdata/dl4j");

  @TempDir Path folder;

  @Test
  void zipsComeBackAsTheyWere() throws IOException {
    int same = 0;
    try (Stream<Path> files = Files.walk(TESTDATA)) {
      List<Path> zips = files.filter(f -> f.toString().endsWith(".zip")).sorted().toList();
      for (Path zip : zips) {
        same += comesBack(zip) ? 1 : 0;
      }
    }
    assertThat(same).isGreaterThan(200);
  }

  /** Whether a zip is read; then it must come back. */
  private boolean comesBack(Path zip) throws IOException {
    Path target = folder.resolve("again.zip");
    try (Model model = Models.open(zip)) {
      Models.write(model, target);
    } catch (ProblemsException refused) {
      return false;
    }
    try (ZipFile before = new ZipFile(zip.toFile());
        ZipFile after = new ZipFile(target.toFile())) {
      List<String> names =
          Collections.list(before.entries()).stream().map(e -> e.getName()).toList();
      assertThat(Collections.list(after.entries()).stream().map(e -> e.getName()))
          .as(zip.toString())
          .containsExactlyInAnyOrderElementsOf(names);
      for (String name : names) {
        if (name.equals("configuration.json")) {
          assertThat(Json.parse(text(after, name), name))
              .as(zip.toString())
              .isEqualTo(Json.parse(text(before, name), name));
        } else {
          assertThat(bytes(after, name)).as(zip + "!" + name).isEqualTo(bytes(before, name));
        }
      }
    }
    return true;
  }

  private static byte[] bytes(ZipFile zip, String name) throws IOException {
    return zip.getInputStream(zip.getEntry(name)).readAllBytes();
  }

  private static String text(ZipFile zip, String name) throws IOException {
    return new String(bytes(zip, name), StandardCharsets.UTF_8);
  }
}
