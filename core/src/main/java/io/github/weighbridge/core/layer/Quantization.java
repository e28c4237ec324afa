package io.github.weighbridge.core.layer;

import java.util.List;
import java.util.Optional;

/**
 * How a layer keeps its kernel in few bits, as its dtype policy says (Keras's {@code
 * quantization_mode}).
 *
 * @param mode the scheme
 * @param weightBits how many bits an element of the kernel has
 * @param groupSize how many inputs of each output share a scale and a zero point; -1 for all of
 *     them
 * @param amaxHistoryLength how many maxima a float8 layer remembers for its training, else 0
 */
public record Quantization(Mode mode, int weightBits, int groupSize, int amaxHistoryLength) {

  /** The schemes of Keras (3.15). */
  public enum Mode {
    /** Whole numbers of 8 bits, scaled for each output; the inputs too, anew in each call. */
    INT8,
    /** Whole numbers of 4 bits, two in a byte, scaled for each output or in groups. */
    INT4,
    /** Inputs and kernel rounded to 8-bit floating-point numbers; kept as they are. */
    FLOAT8,
    /** Whole numbers without sign, scaled in groups, chosen by the method of that name. */
    GPTQ,
    /** As GPTQ in 4 bits; the kernel was multiplied by a factor for each input before. */
    AWQ
  }

  private static final int FLOAT8_HISTORY = 1024;
  private static final List<Integer> GPTQ_BITS = List.of(2, 3, 4, 8);

  /** Whether scales and zero points belong to groups of inputs, not to outputs alone. */
  public boolean isGrouped() {
    return groupSize > 0;
  }

  /** How many groups so many inputs make. */
  public long groups(long inputs) {
    return isGrouped() ? (inputs + groupSize - 1) / groupSize : 1;
  }

  /**
   * What a policy's mode means: {@code int8}, {@code int4} (as {@code int4/-1}), {@code
   * int4/groupSize}, {@code float8}, {@code float8/amaxHistoryLength}, {@code
   * gptq/weightBits/groupSize}, {@code awq/4/groupSize}.
   *
   * @throws IllegalArgumentException if it means nothing
   */
  public static Quantization of(String mode) {
    List<String> parts = List.of(mode.split("/", -1));
    List<Integer> numbers = parts.stream().skip(1).map(part -> number(part, mode)).toList();
    Optional<Quantization> known =
        switch (parts.get(0)) {
          case "int8" -> only(numbers.isEmpty(), new Quantization(Mode.INT8, 8, -1, 0));
          case "int4" -> int4(numbers);
          case "float8" -> float8(numbers);
          case "gptq" -> grouped(Mode.GPTQ, GPTQ_BITS, numbers);
          case "awq" -> grouped(Mode.AWQ, List.of(4), numbers);
          default -> Optional.empty();
        };
    return known.orElseThrow(
        () -> new IllegalArgumentException("'" + mode + "' is no mode of quantization"));
  }

  private static int number(String part, String mode) {
    try {
      return Integer.parseInt(part);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + mode + "' is no mode of quantization", e);
    }
  }

  private static Optional<Quantization> only(boolean allowed, Quantization quantization) {
    return allowed ? Optional.of(quantization) : Optional.empty();
  }

  private static Optional<Quantization> int4(List<Integer> numbers) {
    int size = numbers.isEmpty() ? -1 : numbers.get(0);
    return only(numbers.size() <= 1 && isGroupSize(size), new Quantization(Mode.INT4, 4, size, 0));
  }

  private static Optional<Quantization> float8(List<Integer> numbers) {
    int length = numbers.isEmpty() ? FLOAT8_HISTORY : numbers.get(0);
    return only(numbers.size() <= 1 && length > 0, new Quantization(Mode.FLOAT8, 8, -1, length));
  }

  private static Optional<Quantization> grouped(
      Mode mode, List<Integer> bits, List<Integer> numbers) {
    return numbers.size() == 2 && bits.contains(numbers.get(0)) && isGroupSize(numbers.get(1))
        ? Optional.of(new Quantization(mode, numbers.get(0), numbers.get(1), 0))
        : Optional.empty();
  }

  private static boolean isGroupSize(int size) {
    return size == -1 || size > 0;
  }
}
