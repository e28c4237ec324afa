package io.github.weighbridge.formats.archive;

import static io.github.weighbridge.formats.Resources.refusals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {

  private static final byte[] TEXT =
      "some text, some text, some text".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temp;
  private Path zip = Path.of("unset");

  @BeforeEach
  void place() {
    zip = temp.resolve("m.zip");
  }

  private byte[] written() throws IOException {
    try (ArchiveWriter writer = ArchiveWriter.create(zip)) {
      writer.write("stored.txt", Method.STORED, TEXT);
      writer.write("größe/deflated.txt", Method.DEFLATED, TEXT);
      writer.write("empty", Method.STORED, new byte[0]);
      writer.finish();
    }
    return Files.readAllBytes(zip);
  }

  private List<String> refused(byte[] bytes) throws IOException {
    Files.write(zip, bytes);
    return refusals(temp, this::readAll);
  }

  private void readAll() throws IOException {
    try (Archive archive = Archive.open(zip)) {
      for (ArchiveEntry entry : archive.entries()) {
        archive.read(entry, 1 << 20);
      }
    }
  }

  @Test
  void readsWhatItWrites() throws IOException {
    written();
    try (Archive archive = Archive.open(zip)) {
      assertThat(archive.entries().stream().map(ArchiveEntry::name))
          .containsExactly("stored.txt", "größe/deflated.txt", "empty");
      for (ArchiveEntry entry : archive.entries().subList(0, 2)) {
        assertThat(archive.read(entry, 100)).isEqualTo(TEXT);
        assertThat(entry.size()).isEqualTo(TEXT.length);
      }
      ArchiveEntry stored = archive.entry("stored.txt").orElseThrow();
      ByteBuffer inPlace = ByteBuffer.allocate(TEXT.length);
      archive.file().read(stored.position(), inPlace);
      assertThat(inPlace.array()).isEqualTo(TEXT);
      assertThat(archive.entry("größe/deflated.txt").orElseThrow().compressedSize())
          .isLessThan(TEXT.length);
    }
  }

  @Test
  void javaReadsWhatItWritesAndItReadsWhatJavaWrites() throws IOException {
    byte[] first = written();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      ZipEntry entry = file.getEntry("größe/deflated.txt");
      try (var in = file.getInputStream(entry)) {
        assertThat(in.readAllBytes()).isEqualTo(TEXT);
      }
    }
    assertThat(written()).isEqualTo(first);
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream java = new ZipOutputStream(out)) {
      java.putNextEntry(new ZipEntry("größe.txt"));
      java.write(TEXT);
      java.closeEntry();
    }
    try (Archive archive = Archive.open(zip)) {
      assertThat(archive.read(archive.entry("größe.txt").orElseThrow(), 100)).isEqualTo(TEXT);
    }
  }

  @Test
  void writesWeightsFileToFile() throws IOException {
    byte[] bytes = new byte[1 << 20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Path source = Files.write(temp.resolve("source"), bytes);
    try (WeightFile file = WeightFile.open(source);
        ArchiveWriter writer = ArchiveWriter.create(zip)) {
      WeightRef weight = WeightRef.of(DataType.FLOAT32, file, 16, 512, 500);
      try (EntryChannel entry = writer.entry("a", Method.STORED)) {
        entry.write(weight);
      }
      try (EntryChannel entry = writer.entry("b", Method.DEFLATED)) {
        entry.write(weight.transposed(1, 0));
      }
      writer.finish();
    }
    try (Archive archive = Archive.open(zip)) {
      byte[] expected = Arrays.copyOfRange(bytes, 16, 16 + 512 * 500 * 4);
      assertThat(archive.read(archive.entry("a").orElseThrow(), 1 << 21)).isEqualTo(expected);
      assertThat(archive.read(archive.entry("b").orElseThrow(), 1 << 21)).hasSize(expected.length);
    }
  }

  /** Large weights go from file to file while another thread sums them. */
  @Test
  void sumsWhatIsCopiedInOrder() throws IOException {
    byte[] bytes = new byte[9 << 20];
    new Random(3).nextBytes(bytes);
    Path source = Files.write(temp.resolve("source"), bytes);
    try (WeightFile file = WeightFile.open(source);
        ArchiveWriter writer = ArchiveWriter.create(zip)) {
      try (EntryChannel entry = writer.entry("a", Method.STORED)) {
        entry.write(WeightRef.of(DataType.INT8, file, 8, bytes.length - 8));
        entry.write(ByteBuffer.wrap(TEXT));
        entry.write(WeightRef.of(DataType.INT8, file, 0, bytes.length));
      }
      writer.finish();
    }
    ByteBuffer expected =
        ByteBuffer.allocate(2 * bytes.length - 8 + TEXT.length)
            .put(bytes, 8, bytes.length - 8)
            .put(TEXT)
            .put(bytes);
    // The JDK's reader compares the checksum.
    try (ZipInputStream java = new ZipInputStream(Files.newInputStream(zip))) {
      assertThat(java.getNextEntry()).isNotNull();
      assertThat(java.readAllBytes()).isEqualTo(expected.array());
    }
  }

  @Test
  void leavesNothingBehindUnfinished() throws IOException {
    Files.write(zip, new byte[] {1});
    try (ArchiveWriter writer = ArchiveWriter.create(zip)) {
      writer.write("a", Method.STORED, TEXT);
      assertThatIllegalArgumentException().isThrownBy(() -> writer.entry("a", Method.STORED));
    }
    try (var files = Files.list(temp)) {
      assertThat(files).containsExactly(zip);
    }
    assertThat(Files.size(zip)).isEqualTo(1);
  }

  @Test
  void refusesPlacesThatCannotBeWritten() {
    assertThat(refusals(temp, () -> ArchiveWriter.create(temp.resolve("none/m.zip"))))
        .containsExactly(
            "TARGET_UNWRITABLE none/m.zip: must be a place where a file can be written, found"
                + " no folder none; make the folder first");
    assertThat(refusals(temp, () -> ArchiveWriter.create(temp)).get(0))
        .startsWith("TARGET_UNWRITABLE ")
        .endsWith(
            ": must be a place where a file can be written, found a folder; name a file"
                + " in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "/abc", "a/../b", "a\\b/c", "C:abc"})
  void refusesNamesThatLeaveTheFolder(String name) throws IOException {
    try (ArchiveWriter writer = ArchiveWriter.create(zip)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.write(name, Method.STORED, TEXT));
    }
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream java = new ZipOutputStream(out)) {
      java.putNextEntry(new ZipEntry(name));
      java.write(TEXT);
    }
    assertThat(refusals(temp, this::readAll))
        .containsExactly(
            "LINK_REFUSED m.zip, "
                + name
                + ": must have a relative name without '..' and backslashes, found '"
                + name
                + "'; the file is made to do harm");
  }

  @Test
  void refusesDuplicates() throws IOException {
    try (ArchiveWriter writer = ArchiveWriter.create(zip)) {
      writer.write("same1", Method.STORED, TEXT);
      writer.write("same2", Method.STORED, TEXT);
      writer.finish();
    }
    String text = new String(Files.readAllBytes(zip), StandardCharsets.ISO_8859_1);
    assertThat(refused(text.replace("same2", "same1").getBytes(StandardCharsets.ISO_8859_1)))
        .containsExactly(
            "ENTRY_DUPLICATE m.zip, same1: must stand in the archive once, found twice; pack the"
                + " archive again");
  }

  @Test
  void refusesDamagedContent() throws IOException {
    byte[] bytes = written();
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("some text")] = 'S';
    assertThat(refused(bytes).get(0))
        .startsWith("FILE_MALFORMED m.zip, stored.txt: must have the checksum ")
        .endsWith("; the file is damaged; copy or save it again");
  }

  @Test
  void refusesEntriesThatAreTooLong() throws IOException {
    written();
    try (Archive archive = Archive.open(zip)) {
      assertThat(refusals(temp, () -> archive.read(archive.entries().get(0), 10)))
          .containsExactly(
              "LIMIT_EXCEEDED m.zip, stored.txt: must have at most 10 bytes, found 31; the file"
                  + " is damaged or made to do harm");
    }
  }

  @Test
  void refusesLiesAboutSizes() throws IOException {
    byte[] bytes = written();
    int central = indexOf(bytes, new byte[] {'P', 'K', 1, 2}, 2);
    bytes[central + 24] = 5;
    assertThat(refused(bytes))
        .containsExactly(
            "FILE_MALFORMED m.zip, größe/deflated.txt: must expand to the 5 bytes that it states,"
                + " found more than 5; the file is damaged; copy or save it again");
  }

  @Test
  void refusesOtherMethodsAndEncryption() throws IOException {
    byte[] bytes = written();
    int central = indexOf(bytes, new byte[] {'P', 'K', 1, 2}, 1);
    bytes[central + 10] = 12;
    assertThat(refused(bytes))
        .containsExactly(
            "FORMAT_UNSUPPORTED m.zip, stored.txt: must be stored or deflated, found compression"
                + " method 12; pack the archive again without it");
    bytes[central + 8] = 1;
    assertThat(refused(bytes))
        .containsExactly(
            "FORMAT_UNSUPPORTED m.zip, stored.txt: must not be encrypted, found an encrypted entry;"
                + " pack the archive again without it");
  }

  @Test
  void refusesSharedBytes() throws IOException {
    byte[] bytes = written();
    int first = indexOf(bytes, new byte[] {'P', 'K', 1, 2}, 1);
    int second = indexOf(bytes, new byte[] {'P', 'K', 1, 2}, 2);
    System.arraycopy(bytes, first + 42, bytes, second + 42, 4);
    assertThat(refused(bytes).get(0))
        .startsWith("FILE_MALFORMED m.zip, ")
        .contains(": must not share its bytes, found ");
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    byte[] whole = written();
    for (int length = 0; length < whole.length; length++) {
      assertThat(refused(Arrays.copyOf(whole, length)))
          .containsExactly(
              "FILE_MALFORMED m.zip: must have a directory at its end, found none; the file is"
                  + " truncated or damaged; copy or save it again");
    }
  }

  @Test
  void damagedFilesAreReadOrRefused() throws IOException {
    byte[] whole = written();
    for (int at = 0; at < whole.length; at++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] damaged = whole.clone();
        damaged[at] = (byte) value;
        Files.write(zip, damaged);
        try {
          readAll();
        } catch (ProblemsException expected) {
          assertThat(expected.problems()).hasSize(1);
        }
      }
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int nth) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String part = new String(wanted, StandardCharsets.ISO_8859_1);
    int at = -1;
    for (int i = 0; i < nth; i++) {
      at = text.indexOf(part, at + 1);
    }
    return at;
  }
}
