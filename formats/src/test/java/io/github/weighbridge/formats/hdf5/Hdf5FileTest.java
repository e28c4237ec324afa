package io.github.weighbridge.formats.hdf5;

import static io.github.weighbridge.formats.Resources.path;
import static io.github.weighbridge.formats.Resources.refusals;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5FileTest {

  private static final Path FOLDER = path("hdf5");

  @TempDir Path temp;

  private static Hdf5File open(String name) {
    return Hdf5File.open(FOLDER.resolve(name));
  }

  private static Tensor load(Hdf5File file, String name) {
    return file.root().dataset(name).orElseThrow().weight().load();
  }

  @ParameterizedTest
  @CsvSource({
    "f2,FLOAT16",
    "f4,FLOAT32",
    "f8,FLOAT64",
    "i1,INT8",
    "i2,INT16",
    "i4,INT32",
    "i8,INT64",
    "u1,UINT8",
    "u2,UINT16",
    "u4,UINT32",
    "u8,UINT64"
  })
  void readsNumbersOfBothByteOrders(String code, DataType dtype) throws IOException {
    int first = code.startsWith("u") ? 0 : -8;
    double[] expected = IntStream.range(first, first + 24).asDoubleStream().toArray();
    try (Hdf5File file = open("types.h5")) {
      for (String name : List.of("le_" + code, "be_" + code)) {
        Tensor tensor = load(file, name);
        assertThat(tensor.dtype()).isEqualTo(dtype);
        assertThat(tensor.sizes()).containsExactly(2, 3, 4);
        assertThat(tensor.doubles()).containsExactly(expected);
      }
      boolean inPlace =
          file.root().dataset("le_" + code).orElseThrow().weight().region().isPresent();
      assertThat(inPlace).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"c8,COMPLEX64,4", "c16,COMPLEX128,8"})
  void readsComplexNumbers(String code, DataType dtype, int part) throws IOException {
    try (Hdf5File file = open("types.h5")) {
      Tensor little = load(file, "le_" + code);
      assertThat(little.dtype()).isEqualTo(dtype);
      assertThat(part == 4 ? little.bytes().getFloat(8) : little.bytes().getDouble(16))
          .isEqualTo(-7);
      assertThat(load(file, "be_" + code).bytes()).isEqualTo(little.bytes());
    }
  }

  @Test
  void readsOtherTypesAndSpaces() throws IOException {
    try (Hdf5File file = open("types.h5")) {
      assertThat(load(file, "bool").dtype()).isEqualTo(DataType.BOOL);
      assertThat(load(file, "bool").longs()).endsWith(1, 1).startsWith(0, 0);
      assertThat(load(file, "scalar").floats()).containsExactly(2.5f);
      assertThat(load(file, "scalar").sizes()).isEmpty();
      assertThat(load(file, "empty").sizes()).containsExactly(3, 0);
      assertThat(load(file, "opaque2").dtype()).isEqualTo(DataType.BFLOAT16);
      assertThat(load(file, "tagged").floats()).containsExactly(1, -2);
      assertThat(load(file, "unwritten").floats()).containsExactly(7.5f, 7.5f, 7.5f, 7.5f);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "encoded.h5,chunked",
    "encoded.h5,gzip",
    "encoded.h5,gzip_be",
    "encoded.h5,lzf",
    "encoded.h5,fletcher",
    "fletcher.h5,gzip",
    "encoded_latest.h5,chunked",
    "encoded_latest.h5,gzip",
    "userblock.h5,group/weight",
    "v3.h5,group/weight"
  })
  void decodes(String name, String dataset) throws IOException {
    try (Hdf5File file = open(name)) {
      Tensor tensor = load(file, dataset);
      assertThat(tensor.sizes()).containsExactly(2, 3, 4);
      for (int i = 0; i < 24; i++) {
        assertThat(tensor.getDouble(i)).isEqualTo(i / 8.0 - 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"encoded.h5", "encoded_latest.h5"})
  void refusesPartlyWrittenChunks(String name) throws IOException {
    try (Hdf5File file = open(name)) {
      assertThat(refusals(FOLDER, () -> load(file, "part")))
          .containsExactly(
              "FILE_MALFORMED "
                  + name
                  + ", /part: must have all of its chunks, found none at [0, 2]; the writer did not"
                  + " finish; save the file again");
    }
  }

  @Test
  void comparesChecksumsOfChunks() throws IOException {
    try (Hdf5File file = open("fletcher.h5")) {
      assertThat(load(file, "odd").getLong(4)).isEqualTo(254);
      assertThat(load(file, "zeros").floats()).containsOnly(0);
      assertThat(load(file, "long").getLong(999)).isEqualTo(0xfffe);
      assertThat(refusals(FOLDER, () -> load(file, "spoiled")))
          .containsExactly(
              "FILE_MALFORMED fletcher.h5, /spoiled: must have the checksum a3a682fa, found a3bc82fb"
                  + " in the chunk at [1, 0, 0]; the file is damaged; copy or save it again");
      assertThat(refusals(FOLDER, () -> load(file, "inner")))
          .containsExactly(
              "FORMAT_UNSUPPORTED fletcher.h5, /inner: must have its checksums (fletcher32) behind"
                  + " its other filters, found filters in the order [3, 1]; save it again without"
                  + " chunks and compression");
    }
  }

  @Test
  void refusesLayoutsOfHdf5Version2() throws IOException {
    try (Hdf5File file = open("layout5.h5")) {
      assertThat(refusals(FOLDER, () -> load(file, "gzip")))
          .containsExactly(
              "FORMAT_UNSUPPORTED layout5.h5, /gzip: must have a data layout of version 1 to 4,"
                  + " found version 5; save it again without chunks and compression, or with"
                  + " libver='v114'");
    }
  }

  @Test
  void readsAttributesOfEveryStringKind() throws IOException {
    try (Hdf5File file = open("attributes.h5")) {
      Hdf5Attributes attributes = file.root().attributes();
      assertThat(attributes.text("vlen")).contains("schön");
      assertThat(attributes.text("vlen_ascii")).contains("schön");
      assertThat(attributes.text("fixed")).contains("größe");
      assertThat(attributes.texts("list")).contains(List.of("a", "é", "ccc"));
      assertThat(attributes.texts("vlen_list")).contains(List.of("a", "é", "ccc"));
      assertThat(attributes.texts("empty")).contains(List.of());
      assertThat(attributes.texts("chunks")).contains(List.of("one", "two", "three"));
      assertThat(attributes.texts("absent")).isEmpty();
      assertThat(attributes.text("long")).contains("x".repeat(100_000));
      assertThat(attributes.number("int")).contains(3L);
      assertThat(attributes.number("float")).contains(2.5);
    }
  }

  @Test
  void refusesAttributesOfAnotherKind() throws IOException {
    try (Hdf5File file = open("attributes.h5")) {
      Hdf5Attributes attributes = file.root().attributes();
      assertThat(refusals(FOLDER, () -> attributes.text("int")))
          .containsExactly(
              "FILE_MALFORMED attributes.h5, /@int: must be text, found whole"
                  + " numbers; save the file again with Keras");
      assertThat(refusals(FOLDER, () -> attributes.text("list")))
          .containsExactly(
              "FILE_MALFORMED attributes.h5, /@list: must be one text, found 3 of them; save"
                  + " the file again with Keras");
      assertThat(refusals(FOLDER, () -> attributes.number("floats")))
          .containsExactly(
              "FILE_MALFORMED attributes.h5, /@floats: must be one number, found 2 of them;"
                  + " save the file again with Keras");
    }
  }

  @Test
  void readsDenseLinksAndAttributes() throws IOException {
    try (Hdf5File file = open("encoded_latest.h5")) {
      assertThat(file.root().group("links").orElseThrow().names()).hasSize(40);
      assertThat(load(file, "links/33").floats()).containsExactly(33);
      Hdf5Attributes many = file.root().group("many").orElseThrow().attributes();
      assertThat(many.names()).hasSize(20);
      assertThat(many.number("a13")).contains(13L);
    }
    try (Hdf5File file = open("v3.h5")) {
      assertThat(file.root().group("group").orElseThrow().attributes().text("name"))
          .contains("übergröße");
    }
  }

  @Test
  void followsNothing() throws IOException {
    try (Hdf5File file = open("links.h5")) {
      Hdf5Group root = file.root();
      assertThat(load(file, "hard").bytes()).isEqualTo(load(file, "data").bytes());
      assertThat(refusals(FOLDER, () -> root.find("soft")))
          .containsExactly(
              "LINK_REFUSED links.h5, /soft: must not be a link that leads elsewhere, found a soft"
                  + " link to /data; save the file again with copies instead of links");
      assertThat(refusals(FOLDER, () -> root.find("external")))
          .containsExactly(
              "LINK_REFUSED links.h5, /external: must not be a link that leads elsewhere, found an"
                  + " external link to /secret in other.h5; save the file again with copies instead"
                  + " of links");
      assertThat(refusals(FOLDER, () -> root.find("loop/back")))
          .containsExactly(
              "LINK_REFUSED links.h5, /loop/back: must not contain itself, found a link back to"
                  + " /loop; save the file again with copies instead of links");
      assertThat(refusals(FOLDER, () -> load(file, "outside")))
          .containsExactly(
              "LINK_REFUSED links.h5, /outside: must hold its data itself, found data that stand in"
                  + " another file; save it again with its data inside");
      assertThat(refusals(FOLDER, () -> load(file, "virtual")))
          .containsExactly(
              "LINK_REFUSED links.h5, /virtual: must hold its data itself, found a virtual dataset;"
                  + " save it again with its data inside");
      String deep = "deep" + "/d".repeat(70);
      assertThat(refusals(FOLDER, () -> root.find(deep)))
          .containsExactly(
              "LIMIT_EXCEEDED links.h5, /deep"
                  + "/d".repeat(64)
                  + ": must not stand deeper than 64 groups, found a deeper one; the file is"
                  + " damaged or made to do harm");
    }
  }

  @Test
  void refusesTypesWithoutNumbers() throws IOException {
    try (Hdf5File file = open("types.h5")) {
      assertThat(refusals(FOLDER, () -> load(file, "text")))
          .containsExactly(
              "DTYPE_UNSUPPORTED types.h5, /text: must have elements of a type that Keras has,"
                  + " found HDF5 type variable-length of 16 bytes; save it again with numbers in it");
      assertThat(refusals(FOLDER, () -> load(file, "null")))
          .containsExactly(
              "FILE_MALFORMED types.h5, /null: must hold an array, found nothing (a null"
                  + " space); save it again");
    }
  }

  @Test
  void refusesWhatIsNotHdf5() throws IOException {
    Path text = Files.writeString(temp.resolve("m.h5"), "no");
    assertThat(refusals(temp, () -> Hdf5File.open(text)))
        .containsExactly(
            "FORMAT_UNKNOWN m.h5: must be an HDF5 file, found no HDF5 signature;"
                + " copy or save it again");
    assertThat(refusals(temp, () -> Hdf5File.open(temp.resolve("none.h5"))))
        .containsExactly(
            "FILE_UNREADABLE none.h5: must be a file that can be read, found no such file; check its"
                + " name");
  }

  @Test
  void refusesBombs() throws IOException {
    try (Hdf5File file = open("bombs.h5")) {
      assertThat(refusals(FOLDER, () -> load(file, "gzip")))
          .containsExactly(
              "LIMIT_EXCEEDED bombs.h5, /gzip: must have chunks of 4096 bytes, found one that expands"
                  + " to more at [0, 0]; the file is damaged or made to do harm");
      assertThat(refusals(FOLDER, () -> load(file, "unwritten")))
          .containsExactly(
              "LIMIT_EXCEEDED bombs.h5, /unwritten: must not be unwritten if it has more than"
                  + " 1073741824 bytes, found 1099511627776 bytes of shape [524288, 524288]; the"
                  + " writer did not finish; save the file again");
      assertThat(refusals(FOLDER, () -> load(file, "chunked")))
          .containsExactly(
              "LIMIT_EXCEEDED bombs.h5, /chunked: must not be compressed or chunked if it has more"
                  + " than 1073741824 bytes, found 1099511627776 bytes of shape [524288, 524288];"
                  + " save it again without chunks and compression");
    }
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("types.h5"));
    Path cut = Files.write(temp.resolve("cut.h5"), Arrays.copyOf(whole, 5000));
    assertThat(refusals(temp, () -> Hdf5File.open(cut)))
        .containsExactly(
            "FILE_MALFORMED cut.h5: must have the "
                + whole.length
                + " bytes that it says it has, found 5000; the file is truncated; copy or save it"
                + " again");
  }

  @Test
  void readsAWindowOfAFile() throws IOException {
    byte[] whole = Files.readAllBytes(FOLDER.resolve("types.h5"));
    byte[] inside = new byte[whole.length + 200];
    System.arraycopy(whole, 0, inside, 77, whole.length);
    try (WeightFile file = WeightFile.open(Files.write(temp.resolve("zip"), inside));
        Hdf5File window = Hdf5File.open(file, 77, whole.length, "zip!m.h5")) {
      assertThat(load(window, "be_i4").getLong(23)).isEqualTo(15);
      assertThat(load(window, "le_f4").getDouble(0)).isEqualTo(-8);
    }
  }
}
