package io.github.weighbridge.formats.npy;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.OutputFile;
import io.github.weighbridge.formats.Unreadable;
import io.github.weighbridge.formats.WeightChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Arrays in {@code .npy} files; layout in the package's description. */
public final class Npy {

  /** What fits a {@link Tensor}. */
  static final long MAX_BYTES = Integer.MAX_VALUE - 8;

  private Npy() {}

  /**
   * Reads a file.
   *
   * @throws ProblemsException if it is no array, holds Python objects, or is longer than 2 GiB
   */
  public static Tensor read(Path path) {
    Place place = Place.file(path.toString());
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw ProblemsException.of(
            ProblemCode.LIMIT_EXCEEDED,
            place,
            "must have at most " + MAX_BYTES + " bytes",
            String.valueOf(Files.size(path)),
            "split the array");
      }
      return parse(Files.readAllBytes(path), place);
    } catch (IOException e) {
      throw Unreadable.because(place, e);
    }
  }

  /**
   * Writes a file. Types that numpy does not have: see {@link #write(Tensor, WritableByteChannel)}.
   */
  public static void write(Path path, Tensor tensor) {
    try (OutputFile output = OutputFile.create(path)) {
      write(tensor, output.channel());
      output.commit();
    } catch (IOException e) {
      throw OutputFile.unwritable(path, e);
    }
  }

  /**
   * Writes an array to a channel.
   *
   * <p>bfloat16, which numpy does not have, is written as float32, which holds all its values.
   *
   * @throws ProblemsException {@link ProblemCode#DTYPE_UNSUPPORTED} for other types that numpy does
   *     not have
   */
  public static void write(Tensor tensor, WritableByteChannel target) throws IOException {
    Tensor written = tensor.dtype() == DataType.BFLOAT16 ? tensor.cast(DataType.FLOAT32) : tensor;
    if (written.dtype() == DataType.STRING) {
      int width = NpyStrings.width(written);
      writeFully(NpyHeader.format("<U" + width, written.sizes()), target);
      writeFully(NpyStrings.encode(written, width), target);
      return;
    }
    String descr = requireDescr(written.dtype(), Place.UNKNOWN);
    writeFully(NpyHeader.format(descr, written.sizes()), target);
    writeFully(written.bytes(), target);
  }

  /**
   * Writes a weight to a channel, tile by tile; bfloat16 as {@link #write(Tensor,
   * WritableByteChannel)} does.
   *
   * @throws ProblemsException {@link ProblemCode#DTYPE_UNSUPPORTED} for other types that numpy does
   *     not have
   */
  static void write(WeightRef weight, WeightChannel target) throws IOException {
    WeightRef written =
        weight.dtype() == DataType.BFLOAT16 ? weight.cast(DataType.FLOAT32) : weight;
    writeFully(
        NpyHeader.format(requireDescr(written.dtype(), Place.UNKNOWN), written.sizes()), target);
    target.write(written);
  }

  /** numpy's name for a type, or for the one that it is written as. */
  static String requireDescr(DataType dtype, Place place) {
    return NpyType.descr(dtype == DataType.BFLOAT16 ? DataType.FLOAT32 : dtype)
        .orElseThrow(
            () ->
                ProblemsException.of(
                    ProblemCode.DTYPE_UNSUPPORTED,
                    place,
                    "must have a type that numpy has",
                    dtype.toString(),
                    "cast the array to float32"));
  }

  /** The array in the bytes of a file; they are not copied where they stand as they are. */
  static Tensor parse(byte[] file, Place place) {
    NpyHeader header = NpyHeader.parse(ByteBuffer.wrap(file), place);
    NpyType type = header.type();
    long bytes = header.byteCount(place);
    ByteBuffer data = ByteBuffer.wrap(file, header.length(), file.length - header.length()).slice();
    if (data.remaining() != bytes) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          "must have " + bytes + " bytes behind its header",
          String.valueOf(data.remaining()),
          "the file is truncated or damaged; save it again");
    }
    if (type.isBigEndian()) {
      swap(data, type.unit());
    }
    data.order(ByteOrder.LITTLE_ENDIAN);
    if (header.fortranOrder()) {
      data = FortranOrder.toRows(data, type.size(), header.sizes());
    }
    return type.dtype() == DataType.STRING
        ? NpyStrings.decode(data, type.size() / 4, header.sizes(), place)
        : Tensor.of(type.dtype(), data, header.sizes());
  }

  private static void swap(ByteBuffer data, int unit) {
    for (int at = 0; at < data.limit(); at += unit) {
      for (int low = at, high = at + unit - 1; low < high; low++, high--) {
        byte kept = data.get(low);
        data.put(low, data.get(high));
        data.put(high, kept);
      }
    }
  }

  private static void writeFully(ByteBuffer bytes, WritableByteChannel target) throws IOException {
    while (bytes.hasRemaining()) {
      target.write(bytes);
    }
  }
}
