package io.github.weighbridge.formats.config;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A number of numpy as PyYAML writes it: a call of {@code numpy.core.multiarray.scalar} with a
 * dtype (kind and size in {@code args}, byte order second in {@code state}) and the bytes of the
 * number.
 */
final class NumpyScalar {

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
          Map.entry("b1", DataType.BOOL));

  private NumpyScalar() {}

  /** The number that the arguments of the call stand for, if they are such. */
  static Optional<Object> of(List<Tree> arguments) {
    if (arguments.size() != 2) {
      return Optional.empty();
    }
    Optional<Tree.Obj> dtype = arguments.get(0).asObject();
    Optional<byte[]> bytes = arguments.get(1).asText().map(NumpyScalar::bytes);
    List<Tree> kind = dtype.map(type -> type.items("args")).orElse(List.of());
    List<Tree> state = dtype.map(type -> type.items("state")).orElse(List.of());
    if (kind.isEmpty() || state.size() < 2 || bytes.isEmpty()) {
      return Optional.empty();
    }
    DataType type = TYPES.get(kind.get(0).asText().orElse(""));
    if (type == null || type.byteSize() != bytes.get().length) {
      return Optional.empty();
    }
    boolean bigEndian = state.get(1).asText().filter(">"::equals).isPresent();
    return Optional.of(number(type, bigEndian ? reversed(bytes.get()) : bytes.get()));
  }

  private static Object number(DataType type, byte[] bytes) {
    ByteBuffer littleEndian = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Tensor number = Tensor.of(type, littleEndian);
    if (type == DataType.BOOL) {
      return number.getLong(0) != 0;
    }
    return type.isFloating() ? (Object) number.getDouble(0) : (Object) number.getLong(0);
  }

  /** Base64; Python 2 writes bytes that happen to be text as that text. */
  private static byte[] bytes(String text) {
    if (!text.startsWith(YamlTag.BASE64)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      String digits = text.substring(YamlTag.BASE64.length()).replaceAll("\\s", "");
      return Base64.getDecoder().decode(digits);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
