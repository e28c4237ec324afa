package io.github.weighbridge.formats.npy;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What stands before the elements.
 *
 * @param length of the header in bytes
 */
record NpyHeader(NpyType type, boolean fortranOrder, Shape shape, int length) {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;

  /** numpy refuses longer ones too: parsing them takes long. */
  private static final int MAX_TEXT_BYTES = 10_000;

  /** No header is longer. */
  static final int MAX_BYTES = MAX_TEXT_BYTES + 12;

  private static final Pattern DESCR = Pattern.compile("'descr':\\s*(?:'([^']*)'|(\\[))");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SIZES =
      Pattern.compile("'shape':\\s*\\(((?:\\d{1,18}L?,\\s*)*(?:\\d{1,18}L?)?)\\s*\\)");

  static NpyHeader parse(ByteBuffer file, Place place) {
    if (file.remaining() < MAGIC.length + 4
        || !file.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
      throw malformed(place, "must be a numpy array", "no signature of one");
    }
    int version = file.get(MAGIC.length);
    if (version < 1 || version > 3) {
      throw malformed(
          place, "must be of numpy's array format 1, 2 or 3", "version " + (version & 0xff));
    }
    file.order(ByteOrder.LITTLE_ENDIAN);
    int lengthBytes = version == 1 ? 2 : 4;
    int start = MAGIC.length + 2 + lengthBytes;
    if (file.remaining() < start) {
      throw malformed(place, "must have a header", "the end of the file");
    }
    long textLength =
        version == 1
            ? file.getShort(MAGIC.length + 2) & 0xffff
            : file.getInt(MAGIC.length + 2) & 0xffffffffL;
    if (textLength > MAX_TEXT_BYTES || textLength > file.remaining() - start) {
      throw malformed(
          place,
          "must have a header inside the file of at most " + MAX_TEXT_BYTES + " bytes",
          String.valueOf(textLength));
    }
    String text = StandardCharsets.UTF_8.decode(file.slice(start, (int) textLength)).toString();
    return parse(text, start + (int) textLength, place);
  }

  private static NpyHeader parse(String text, int length, Place place) {
    Matcher descr = DESCR.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher sizes = SIZES.matcher(text);
    if (!descr.find() || !order.find() || !sizes.find()) {
      throw malformed(
          place, "must have a header with descr, fortran_order and shape", text.strip());
    }
    String type = descr.group(1) == null ? "a record" : descr.group(1);
    if (type.endsWith("O")) {
      throw ProblemsException.of(
          ProblemCode.CODE_REFUSED,
          place,
          "must hold numbers or text",
          "Python objects, whose pickles are programs",
          "save the array with a dtype of its own");
    }
    NpyType known =
        NpyType.of(type)
            .orElseThrow(
                () ->
                    ProblemsException.of(
                        ProblemCode.DTYPE_UNSUPPORTED,
                        place,
                        "must hold elements of a type that Keras has",
                        "numpy's " + type,
                        "cast the array before saving it"));
    return new NpyHeader(
        known, order.group(1).equals("True"), Shape.of(sizes(sizes.group(1))), length);
  }

  private static long[] sizes(String text) {
    return Arrays.stream(text.split(","))
        .map(part -> part.strip().replace("L", ""))
        .filter(part -> !part.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  /** The sizes of the dimensions. */
  long[] sizes() {
    return shape.sizes();
  }

  /** How many elements there are. */
  private long count(Place place) {
    try {
      return shape.elementCount();
    } catch (ArithmeticException e) {
      throw tooLarge(place);
    }
  }

  /** How many bytes the elements have. */
  long byteCount(Place place) {
    try {
      return Math.multiplyExact(count(place), type.size());
    } catch (ArithmeticException e) {
      throw tooLarge(place);
    }
  }

  private ProblemsException tooLarge(Place place) {
    return malformed(place, "must have a size that a file can hold", "shape " + shape);
  }

  /** A header as numpy writes it: format 1.0, the elements at a multiple of 64. */
  static ByteBuffer format(String descr, long... sizes) {
    String shape =
        LongStream.of(sizes).mapToObj(Long::toString).collect(Collectors.joining(", "))
            + (sizes.length == 1 ? "," : "");
    String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    int start = MAGIC.length + 4;
    int end = (start + text.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String padded = text + " ".repeat(end - start - text.length() - 1) + "\n";
    return ByteBuffer.allocate(end)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .flip();
  }

  private static ProblemsException malformed(Place place, String rule, String found) {
    return ProblemsException.of(
        ProblemCode.FILE_MALFORMED, place, rule, found, "save the array with numpy again");
  }
}
