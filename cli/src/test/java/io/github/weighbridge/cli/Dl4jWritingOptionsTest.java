package io.github.weighbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code convert} writes for DL4J on request. */
class Dl4jWritingOptionsTest {

  private static final Path MODEL = Run.testdata("core/dense_chain_keras3/model.keras");

  @TempDir Path folder;

  @Test
  void writesTheKindOfNetworkThatIsAskedFor() throws IOException {
    Path zip = folder.resolve("m.zip");
    Path back = folder.resolve("back.keras");

    Run run = Run.of("convert", MODEL, "-o", zip, "--dl4j-kind", "computation-graph", "--verify");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(configuration(zip)).contains("\"networkInputs\"").doesNotContain("\"confs\"");
    assertThat(Run.of("convert", zip, "-o", back).code()).isZero();
    assertThat(Run.of("diff", MODEL, back).code()).isZero();
  }

  @Test
  void turnsImagesAndSequencesForTheClassicLayout() throws IOException {
    Path images = Run.testdata("models/lenet_keras3/model.keras");
    Path zip = folder.resolve("m.zip");
    Path again = folder.resolve("again.zip");

    Run run = Run.of("convert", images, "-o", zip, "--dl4j-layout", "classic", "--verify");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(configuration(zip)).contains("\"NCHW\"").contains("\"channelsFirst\" : true");
    assertThat(Run.of("diff", images, zip).code()).isZero();
    // A zip of DL4J keeps its layout, unless another is asked for.
    assertThat(Run.of("convert", zip, "-o", again).code()).isZero();
    assertThat(again).hasSameBinaryContentAs(zip);
    Run.of("convert", zip, "-o", again, "--dl4j-kind", "computation-graph");
    assertThat(configuration(again)).contains("\"networkInputs\"").contains("\"channelsFirst\"");
    Run.of("convert", zip, "-o", again, "--dl4j-layout", "keras", "--verify");
    assertThat(configuration(again)).contains("\"NHWC\"").doesNotContain("\"channelsFirst\"");
    assertThat(Run.of("diff", images, again).code()).isZero();
  }

  @Test
  void leavesNormalizersOutThatWereMadeForTheOtherLayout() throws IOException {
    Path images = Run.testdata("models/lenet_keras3/model.keras");
    Path zip = folder.resolve("m.zip");
    Path again = folder.resolve("again.zip");
    Run.of("convert", images, "-o", zip);
    try (FileSystem entries = FileSystems.newFileSystem(zip)) {
      Files.writeString(entries.getPath("normalizer.bin"), "means");
    }

    Run run = Run.of("convert", zip, "-o", again, "--dl4j-layout", "classic");

    assertThat(run.errors())
        .contains(
            "warning: "
                + zip
                + ", normalizer.bin: is left out, because it was made for inputs in the other"
                + " layout, found 5 bytes; make it anew, or keep the layout");
    assertThat(texts(again)).isEmpty();
    Run.of("convert", zip, "-o", again, "--dl4j-layout", "keras");
    assertThat(texts(again)).containsOnly(Map.entry("normalizer.bin", "means"));
  }

  @Test
  void compressesZipsOfDl4jOnRequest() throws IOException {
    Path zip = folder.resolve("m.zip");
    Path again = folder.resolve("again.zip");

    assertThat(Run.of("convert", MODEL, "-o", zip, "--deflate", "--verify").code()).isZero();
    assertThat(Run.of("convert", zip, "-o", again, "--deflate").code()).isZero();

    assertThat(methods(zip)).containsOnly(ZipEntry.DEFLATED);
    assertThat(again).hasSameBinaryContentAs(zip);
    assertThat(Run.of("convert", zip, "-o", again).code()).isZero();
    assertThat(methods(again)).containsOnly(ZipEntry.STORED);
    assertThat(Run.of("diff", MODEL, again).code()).isZero();
  }

  private static List<Integer> methods(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      return file.stream().map(ZipEntry::getMethod).toList();
    }
  }

  @Test
  void carriesJavaObjectsOnRequestOnly() throws IOException {
    Path zip = folder.resolve("m.zip");
    Path again = folder.resolve("again.zip");
    Run.of("convert", MODEL, "-o", zip);
    try (FileSystem entries = FileSystems.newFileSystem(zip)) {
      Files.createDirectory(entries.getPath("objects"));
      Files.writeString(entries.getPath("objects/labels"), "labels");
      Files.writeString(entries.getPath("preprocessor.bin"), "scaler");
      Files.writeString(entries.getPath("normalizer.bin"), "means");
    }

    for (List<String> anew :
        List.of(List.<String>of(), List.of("--dl4j-kind", "computation-graph"))) {
      List<Object> words = new ArrayList<>(List.of("convert", zip, "-o", again));
      words.addAll(anew);
      Run without = Run.of(words.toArray());
      assertThat(without.errors())
          .contains(
              "warning: "
                  + zip
                  + ", objects/labels: is left out, because it may hold Java objects, found 6"
                  + " bytes; carry it with --carry-objects if you trust whoever made it");
      assertThat(texts(again)).containsOnly(Map.entry("normalizer.bin", "means"));

      words.add("--carry-objects");
      assertThat(Run.of(words.toArray()).err()).doesNotContain("is left out");
      assertThat(texts(again))
          .containsOnly(
              Map.entry("normalizer.bin", "means"),
              Map.entry("objects/labels", "labels"),
              Map.entry("preprocessor.bin", "scaler"));
    }
  }

  private static String configuration(Path zip) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      ZipEntry entry = file.getEntry("configuration.json");
      return new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What stands beside the network. */
  private static Map<String, String> texts(Path zip) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        if (!Set.of("configuration.json", "coefficients.bin").contains(entry.getName())) {
          byte[] bytes = file.getInputStream(entry).readAllBytes();
          texts.put(entry.getName(), new String(bytes, StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }
}
