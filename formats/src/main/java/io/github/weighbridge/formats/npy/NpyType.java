package io.github.weighbridge.formats.npy;

import io.github.weighbridge.core.tensor.DataType;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An element type as numpy's {@code descr} has it: byte order, kind, size.
 *
 * @param size bytes of an element; of strings four a character
 */
record NpyType(DataType dtype, int size, boolean isBigEndian) {

  private static final Pattern DESCR = Pattern.compile("([<>|=])([a-zA-Z?])([0-9]{1,9})");

  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("f2", DataType.FLOAT16),
          Map.entry("f4", DataType.FLOAT32),
          Map.entry("f8", DataType.FLOAT64),
          Map.entry("i1", DataType.INT8),
          Map.entry("i2", DataType.INT16),
          Map.entry("i4", DataType.INT32),
          Map.entry("i8", DataType.INT64),
          Map.entry("u1", DataType.UINT8),
          Map.entry("u2", DataType.UINT16),
          Map.entry("u4", DataType.UINT32),
          Map.entry("u8", DataType.UINT64),
          Map.entry("b1", DataType.BOOL),
          Map.entry("c8", DataType.COMPLEX64),
          Map.entry("c16", DataType.COMPLEX128));

  /** The type of a {@code descr}, if it is one of ours. */
  static Optional<NpyType> of(String descr) {
    Matcher matcher = DESCR.matcher(descr);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean big = matcher.group(1).equals(">");
    if (matcher.group(2).equals("U")) {
      long size = Long.parseLong(matcher.group(3)) * 4;
      return size > Integer.MAX_VALUE
          ? Optional.empty()
          : Optional.of(new NpyType(DataType.STRING, (int) size, big));
    }
    return Optional.ofNullable(TYPES.get(matcher.group(2) + matcher.group(3)))
        .map(dtype -> new NpyType(dtype, dtype.byteSize(), big));
  }

  /** The {@code descr} of a type, if numpy has it. */
  static Optional<String> descr(DataType dtype) {
    return TYPES.entrySet().stream()
        .filter(entry -> entry.getValue() == dtype)
        .map(entry -> (dtype.byteSize() == 1 ? "|" : "<") + entry.getKey())
        .findFirst();
  }

  /** How many bytes change places when the order does. */
  int unit() {
    return switch (dtype.kind()) {
      case STRING -> 4;
      case COMPLEX -> size / 2;
      case FLOAT, SIGNED, UNSIGNED, BOOL -> size;
    };
  }
}
