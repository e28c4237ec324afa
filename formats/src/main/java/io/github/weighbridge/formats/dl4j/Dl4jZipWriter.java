package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.problem.Severity;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes DL4J zips; see the package for the entries. Entries are stored, not compressed. */
public final class Dl4jZipWriter {

  /** What DL4J can read back: it takes an entry into one byte array. */
  static final long MAX_ENTRY_BYTES = Integer.MAX_VALUE - 8L;

  private Dl4jZipWriter() {}

  /**
   * Writes an archive beside the target and moves it there, so that the target is never half a
   * file.
   *
   * @param configuration of a MultiLayerNetwork or a ComputationGraph
   * @param dtype of every parameter: float16, bfloat16, float32 or float64
   * @param parameters in the order of the flat vector, each row-major as it stands there
   * @throws ProblemsException {@link ProblemCode#TARGET_LIMIT} if DL4J could not read it back,
   *     {@link ProblemCode#TARGET_UNWRITABLE} if the file cannot be written
   */
  public static void write(
      Path target, Tree.Obj configuration, DataType dtype, List<WeightRef> parameters) {
    NdArrayWriter coefficients = new NdArrayWriter(dtype, parameters);
    requireReadable(target, coefficients.byteCount());
    Path beside = target.resolveSibling(target.getFileName() + ".part");
    try {
      writeEntries(beside, configuration, coefficients);
      Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(target, e);
    } finally {
      deleteQuietly(beside);
    }
  }

  /** The name that DL4J's configurations have for a parameter type. */
  public static String typeName(DataType dtype) {
    return NdArrayWriter.typeName(dtype);
  }

  private static void requireReadable(Path target, long bytes) {
    if (bytes > MAX_ENTRY_BYTES) {
      throw ProblemsException.of(
          ProblemCode.TARGET_LIMIT,
          Place.file(target.toString()),
          "must have parameters of less than 2 GiB, because DL4J cannot read more back",
          bytes + " bytes",
          "convert to ONNX or Keras");
    }
  }

  private static ProblemsException unwritable(Path target, IOException cause) {
    Problem problem =
        new Problem(
            Severity.ERROR,
            ProblemCode.TARGET_UNWRITABLE,
            Place.file(target.toString()),
            "must be writable",
            String.valueOf(cause.getMessage()),
            "");
    return new ProblemsException(List.of(problem), cause);
  }

  private static void deleteQuietly(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      // What is left beside the target harms nobody; the first failure is what the user needs.
    }
  }

  private static void writeEntries(Path file, Tree.Obj configuration, NdArrayWriter coefficients)
      throws IOException {
    byte[] text = ConfigurationText.of(configuration).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      store(
          zip, "configuration.json", text.length, channel -> channel.write(ByteBuffer.wrap(text)));
      store(zip, "coefficients.bin", coefficients.byteCount(), coefficients::writeTo);
    }
  }

  /** Something that can be written twice: a stored entry needs its checksum beforehand. */
  private interface Content {
    void writeTo(WritableByteChannel target) throws IOException;
  }

  private static void store(ZipOutputStream zip, String name, long bytes, Content content)
      throws IOException {
    ChecksumChannel checksum = new ChecksumChannel();
    content.writeTo(checksum);
    ZipEntry entry = new ZipEntry(name);
    entry.setSize(bytes);
    entry.setCrc(checksum.crc.getValue());
    // A fixed time: the same model gives the same bytes.
    entry.setLastModifiedTime(FileTime.fromMillis(315_532_800_000L));
    zip.putNextEntry(entry);
    content.writeTo(Channels.newChannel(zip));
    zip.closeEntry();
  }

  private static final class ChecksumChannel implements WritableByteChannel {
    private final CRC32 crc = new CRC32();

    @Override
    public int write(ByteBuffer bytes) {
      int count = bytes.remaining();
      crc.update(bytes);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
