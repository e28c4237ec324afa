package io.github.weighbridge.formats.npy;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Text as numpy has it: code points of four bytes, as many as the longest needs, zeros behind. */
final class NpyStrings {

  private NpyStrings() {}

  /** Characters of the longest text; numpy has none of width 0. */
  static int width(Tensor tensor) {
    int width = 1;
    for (String string : tensor.strings()) {
      width = Math.max(width, string.codePointCount(0, string.length()));
    }
    return width;
  }

  static ByteBuffer encode(Tensor tensor, int width) {
    String[] strings = tensor.strings();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(strings.length, Math.multiplyExact(width, 4)))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < strings.length; i++) {
      bytes.position(i * width * 4);
      strings[i].codePoints().forEach(bytes::putInt);
    }
    return bytes.rewind();
  }

  static Tensor decode(ByteBuffer data, int width, long[] sizes, Place place) {
    int count = Math.toIntExact(Shape.elementCount(sizes));
    String[] strings = new String[count];
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      int end = width;
      while (end > 0 && data.getInt((i * width + end - 1) * 4) == 0) {
        end--;
      }
      for (int c = 0; c < end; c++) {
        int codePoint = data.getInt((i * width + c) * 4);
        if (!Character.isValidCodePoint(codePoint)) {
          throw ProblemsException.of(
              ProblemCode.FILE_MALFORMED,
              place,
              "must hold Unicode characters",
              "0x" + Integer.toHexString(codePoint) + " in element " + i,
              "save the array with numpy again");
        }
        text.appendCodePoint(codePoint);
      }
      strings[i] = text.toString();
    }
    return Tensor.of(strings, sizes);
  }
}
