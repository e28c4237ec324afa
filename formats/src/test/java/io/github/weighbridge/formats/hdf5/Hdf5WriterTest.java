package io.github.weighbridge.formats.hdf5;

import static io.github.weighbridge.formats.Resources.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.archive.ArchiveWriter;
import io.github.weighbridge.formats.archive.EntryChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written reads back; {@code testdata/scripts/check_hdf5.py} asks HDF5 itself. */
class Hdf5WriterTest {

  @TempDir Path folder;

  private interface Check {
    void run(Hdf5Group root) throws IOException;
  }

  private void writeAndRead(Hdf5Content content, Check check) throws IOException {
    Path file = folder.resolve("w.h5");
    Hdf5Writer.write(file, content);
    try (Hdf5File opened = Hdf5File.open(file)) {
      check.run(opened.root());
    }
  }

  private static Hdf5Content content() {
    return new Hdf5Content("w.h5");
  }

  /** Some bytes, as elements of a type. */
  private static WeightRef random(DataType dtype, long... sizes) {
    Random random = new Random(dtype.name().hashCode());
    byte[] bytes = new byte[Math.toIntExact(WeightRef.filled(dtype, 0, sizes).byteCount())];
    random.nextBytes(bytes);
    if (dtype == DataType.BOOL) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= 1;
      }
    }
    return WeightRef.of(
        dtype,
        (start, target) ->
            target.put(bytes, Math.toIntExact(start * dtype.byteSize()), target.remaining()),
        sizes);
  }

  private static void assertSame(WeightRef read, WeightRef written) {
    assertThat(read.type()).isEqualTo(written.type());
    assertThat(read.load().bytes()).isEqualTo(written.load().bytes());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INT4", "UINT4", "STRING"})
  void keepsElementsOfEveryType(DataType dtype) throws IOException {
    List<WeightRef> weights =
        List.of(
            random(dtype, 3, 5),
            random(dtype),
            random(dtype, 1),
            random(dtype, 0),
            random(dtype, 4, 0, 2),
            random(dtype, 1, 2, 1, 3, 1, 2));
    Hdf5Content content = content();
    for (int i = 0; i < weights.size(); i++) {
      content.taggedDataset("group/" + i, weights.get(i));
    }
    writeAndRead(
        content,
        root -> {
          for (int i = 0; i < weights.size(); i++) {
            Hdf5Dataset dataset = root.dataset("group/" + i).orElseThrow();
            assertSame(dataset.weight(), weights.get(i));
            WeightRef weight = dataset.weight();
            assertThat(weight.region().map(region -> region.position() % 8).orElse(0L)).isZero();
          }
        });
  }

  @Test
  void tellsBfloat16OnlyWhereAsked() throws IOException {
    Hdf5Content content = content();
    content.dataset("plain", random(DataType.BFLOAT16, 2));
    content.taggedDataset("tagged", random(DataType.BFLOAT16, 2));
    content.taggedDataset("float", random(DataType.FLOAT32, 2));
    writeAndRead(
        content,
        root -> {
          Hdf5Dataset plain = root.dataset("plain").orElseThrow();
          assertThat(plain.dtype()).isEqualTo(DataType.BFLOAT16);
          assertThat(plain.attributes().names()).isEmpty();
          assertThat(root.dataset("tagged").orElseThrow().attributes().text("dtype"))
              .contains("bfloat16");
          assertThat(root.dataset("float").orElseThrow().attributes().names()).isEmpty();
        });
  }

  static Stream<List<String>> lists() {
    return Stream.of(
        List.of(),
        List.of(""),
        List.of("a", "", "größe", "𝄞"),
        // 16 bytes each are too many, 10 are not.
        numbered("layer_", 5000),
        // Two parts, the first one longer by one.
        numbered("a_longer_layer_", 4001),
        numbered("größe", 100_000),
        List.of("x".repeat(64_512), "y"));
  }

  private static List<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  @ParameterizedTest
  @MethodSource("lists")
  void keepsListsOfTexts(List<String> texts) throws IOException {
    Hdf5Content content = content();
    content.texts("names", texts);
    content.group("a").texts("names", texts);
    writeAndRead(
        content,
        root -> {
          assertThat(root.attributes().texts("names")).contains(texts);
          assertThat(root.group("a").orElseThrow().attributes().texts("names")).contains(texts);
        });
  }

  @Test
  void splitsListsAsKerasDoes() throws IOException {
    Hdf5Content content = content();
    content.texts("n", numbered("a_longer_layer_", 4001));
    writeAndRead(
        content,
        root -> {
          assertThat(root.attributes().names()).containsExactly("n0", "n1");
          assertThat(root.attributes().texts("n0").orElseThrow()).hasSize(2001);
        });
  }

  @Test
  void keepsTextsOfEveryLength() throws IOException {
    List<String> texts = new ArrayList<>(List.of("", "größe 𝄞", "x".repeat(1_000_000)));
    for (int length = 4000; length < 4120; length++) {
      texts.add("x".repeat(length));
    }
    Hdf5Content content = content();
    for (int i = 0; i < texts.size(); i++) {
      content.text("t" + i, texts.get(i));
      content.encodedText("e" + i, texts.get(i));
    }
    writeAndRead(
        content,
        root -> {
          Hdf5Attributes attributes = root.attributes();
          for (int i = 0; i < texts.size(); i++) {
            assertThat(attributes.text("t" + i)).contains(texts.get(i));
            assertThat(attributes.text("e" + i)).contains(texts.get(i));
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 9, 256, 257, 5000})
  void findsEachOfManyMembers(int count) throws IOException {
    Hdf5Content content = content();
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, new Random(count));
    for (int i : order) {
      Tensor number = Tensor.of(new float[] {i}, 1);
      content.dataset("layer_" + i + "/dense/kernel:0", WeightRef.of(number));
      content.group("layer_" + i).texts("weight_names", List.of("dense/kernel:0"));
    }
    writeAndRead(
        content,
        root -> {
          assertThat(root.names()).hasSize(count);
          for (int i = 0; i < count; i++) {
            Hdf5Group group = root.group("layer_" + i).orElseThrow();
            String name = group.attributes().texts("weight_names").orElseThrow().get(0);
            Tensor read = group.dataset(name).orElseThrow().weight().load();
            assertThat(read.floats()).containsExactly(i);
          }
          assertThat(root.find("layer_" + count)).isEmpty();
          assertThat(root.find("a")).isEmpty();
        });
  }

  @Test
  void findsEachOfAHundredThousand() throws IOException {
    Hdf5Content content = content();
    for (int i = 0; i < 100_000; i++) {
      content.dataset("d" + i, WeightRef.filled(DataType.INT8, i % 100, 1));
    }
    writeAndRead(
        content,
        root -> {
          assertThat(root.names()).hasSize(100_000);
          for (int i = 0; i < 100_000; i += 777) {
            Tensor read = root.dataset("d" + i).orElseThrow().weight().load();
            assertThat(read.bytes().get(0)).isEqualTo((byte) (i % 100));
          }
        });
  }

  @Test
  void sortsNamesByTheirBytes() throws IOException {
    Hdf5Content content = content();
    // In the order of bytes, which is neither that of letters nor of Java's chars.
    List<String> names = List.of("10", "2", "B", "a", "a b", "ä", "\uffee", "𝄞");
    for (int i = names.size() - 1; i >= 0; i--) {
      content.group(names.get(i));
    }
    writeAndRead(content, root -> assertThat(root.names()).containsExactlyElementsOf(names));
  }

  @Test
  void keepsDeepGroups() throws IOException {
    Hdf5Content content = content();
    content.dataset("n/".repeat(60) + "w", random(DataType.FLOAT32, 2, 3));
    writeAndRead(
        content,
        root ->
            assertSame(
                root.dataset("n/".repeat(60) + "w").orElseThrow().weight(),
                random(DataType.FLOAT32, 2, 3)));
    Hdf5Content deep = content();
    deep.dataset("n/".repeat(5000) + "w", random(DataType.FLOAT32, 2, 3));
    Hdf5Writer.write(folder.resolve("deep.h5"), deep);
    assertThat(folder.resolve("deep.h5")).isNotEmptyFile();
  }

  @Test
  void writesViewsOfAFileIntoAFileAndAnEntry() throws IOException {
    Path source = folder.resolve("source.h5");
    Hdf5Content content = content();
    WeightRef kernel = random(DataType.FLOAT32, 700, 900);
    content.dataset("kernel", kernel);
    Hdf5Writer.write(source, content);
    Path zip = folder.resolve("z.keras");
    try (Hdf5File file = Hdf5File.open(source);
        ArchiveWriter archive = ArchiveWriter.create(zip)) {
      WeightRef read = file.root().dataset("kernel").orElseThrow().weight();
      Hdf5Content views = content();
      views.dataset("same", read);
      views.dataset("turned", read.transposed(1, 0));
      // Over its source, and large enough that a second thread computes.
      Hdf5Writer.write(source, views);
      try (EntryChannel entry = archive.entry("model.weights.h5", Method.STORED)) {
        Hdf5Writer.write(entry, views);
      }
      archive.finish();
    }
    try (Hdf5File file = Hdf5File.open(source)) {
      assertSame(file.root().dataset("same").orElseThrow().weight(), kernel);
      assertSame(file.root().dataset("turned").orElseThrow().weight(), kernel.transposed(1, 0));
    }
    try (Archive archive = Archive.open(zip)) {
      ArchiveEntry entry = archive.entry("model.weights.h5").orElseThrow();
      archive.check(entry);
      try (Hdf5File file = Hdf5File.open(archive.file(), entry.position(), entry.size(), "z")) {
        assertSame(file.root().dataset("same").orElseThrow().weight(), kernel);
        assertSame(file.root().dataset("turned").orElseThrow().weight(), kernel.transposed(1, 0));
      }
    }
  }

  @Test
  void sameContentGivesSameBytes() throws IOException {
    for (String name : List.of("a.h5", "b.h5")) {
      Hdf5Content content = content();
      for (String group : name.startsWith("a") ? List.of("x", "y") : List.of("y", "x")) {
        content.group(group).texts("weight_names", List.of("kernel"));
        content.group(group).dataset("kernel", random(DataType.FLOAT16, 3));
      }
      Hdf5Writer.write(folder.resolve(name), content);
    }
    assertThat(folder.resolve("a.h5")).hasSameBinaryContentAs(folder.resolve("b.h5"));
  }

  @Test
  void tellsAllThatHdf5CannotKeep() {
    Hdf5Content content = content();
    WeightRef weight = random(DataType.FLOAT32, 1);
    content.dataset("a/k", weight);
    content.dataset("a/k", weight);
    content.group("a/k");
    content.dataset("a", weight);
    content.dataset("b/./k", weight);
    content.dataset("/k", weight);
    content.dataset("k\0", weight);
    content.dataset("\ud834", weight);
    content.dataset("i", WeightRef.of(DataType.INT4, (start, target) -> {}, 1));
    content.dataset("r", WeightRef.filled(DataType.INT8, 0, new long[33]));
    content.texts("d", List.of());
    content.group("c").texts("names", List.of("x\0y", "z".repeat(64_513)));
    content.text("d", "x\0");
    String name =
        ": must have a name that HDF5 can keep: some text other than '.', without zero characters"
            + " and without slashes at its ends, found ";
    String twice = ": must stand once, because HDF5 has one thing under a name, found ";
    String other = "; give it another name";
    assertThat(refusals(folder, () -> Hdf5Writer.write(folder.resolve("x.h5"), content)))
        .containsExactly(
            "ENTRY_DUPLICATE w.h5, /a/k" + twice + "another of that name" + other,
            "ENTRY_DUPLICATE w.h5, /a" + twice + "another of that name" + other,
            "TARGET_LIMIT w.h5, /b/." + name + "'.'" + other,
            "TARGET_LIMIT w.h5, /" + name + "''" + other,
            "TARGET_LIMIT w.h5, /k\\0" + name + "'k\\0'" + other,
            "TARGET_LIMIT w.h5, /\ud834" + name + "'\ud834'" + other,
            "DTYPE_UNSUPPORTED w.h5, /i: must have elements of a type that HDF5 can keep, found"
                + " int4; pack or cast the weight",
            "TARGET_LIMIT w.h5, /r: must have at most 32 axes, found 33; reshape the weight",
            "TARGET_LIMIT w.h5, /c@names: must be text without zero characters, because HDF5's texts"
                + " end there, found 'x\\0y'"
                + other,
            "TARGET_LIMIT w.h5, /c@names: must list texts of at most 64512 bytes, found 64513 bytes;"
                + " give it a shorter name",
            "ENTRY_DUPLICATE w.h5, /@d" + twice + "another of that name" + other,
            "TARGET_LIMIT w.h5, /@d: must be text without zero characters, because HDF5's texts end"
                + " there, found 'x\\0'"
                + other);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leavesNothingHalfWritten() {
    Hdf5Content content = content();
    content.dataset("good", random(DataType.FLOAT32, 5));
    content.dataset(
        "bad",
        WeightRef.of(
            DataType.FLOAT32,
            (start, target) -> {
              throw new IOException("gone");
            },
            5));
    assertThat(refusals(folder, () -> Hdf5Writer.write(folder.resolve("x.h5"), content)))
        .hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void replacesALongerFile() throws IOException {
    Path file = folder.resolve("w.h5");
    Files.write(file, new byte[100_000]);
    writeAndRead(content(), root -> assertThat(root.names()).isEmpty());
    assertThat(file).hasSize(720);
  }
}
