package io.github.weighbridge.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transposed weights, read whole and in tiles of any size, against the definition. */
class TransposedSourceTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void everyTileIsRight(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      int rank = 1 + random.nextInt(5);
      long[] sizes = random.ints(rank, 1, rank == 2 ? 300 : 9).asLongStream().toArray();
      int[] perm = permutation(rank, random);
      DataType dtype = List.of(DataType.FLOAT32, DataType.FLOAT16, DataType.INT64).get(round % 3);
      check(dtype, sizes, perm, random);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void linesLongerThanASpanAreRight(long seed) throws IOException {
    Random random = new Random(seed);
    check(DataType.FLOAT32, new long[] {3, 400_000}, new int[] {1, 0}, random);
    check(DataType.FLOAT32, new long[] {400_000, 3}, new int[] {1, 0}, random);
    check(DataType.FLOAT32, new long[] {3, 3, 100, 517}, new int[] {3, 2, 0, 1}, random);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void longRunsThatStayAreRight(long seed) throws IOException {
    Random random = new Random(seed);
    for (DataType dtype : List.of(DataType.FLOAT32, DataType.FLOAT16, DataType.INT64)) {
      int run = 200 + random.nextInt(1000);
      check(dtype, new long[] {7, 5, run}, new int[] {1, 0, 2}, random);
      check(dtype, new long[] {3, 4, 2, run}, new int[] {2, 1, 0, 3}, random);
    }
  }

  /** In parts of a megabyte, which are bands of the base where its slices fit. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void partsAreTheWhole(long seed) throws IOException {
    Random random = new Random(seed);
    for (DataType dtype : List.of(DataType.FLOAT32, DataType.FLOAT16, DataType.INT64)) {
      checkParts(dtype, new long[] {900, 300 + random.nextInt(900)}, new int[] {1, 0}, random);
      checkParts(dtype, new long[] {2, 300_000 + random.nextInt(9)}, new int[] {1, 0}, random);
      checkParts(dtype, new long[] {300_001, 2}, new int[] {1, 0}, random);
      checkParts(dtype, new long[] {1000, 7, 5, 17}, permutation(4, random), random);
      checkParts(dtype, new long[] {60, 70, 30, 5}, permutation(4, random), random);
    }
  }

  private static void checkParts(DataType dtype, long[] sizes, int[] perm, Random random)
      throws IOException {
    int count = (int) Shape.elementCount(sizes);
    double[] numbers = random.ints(count, 0, 2000).asDoubleStream().toArray();
    WeightRef weight = WeightRef.of(Tensor.of(numbers, sizes).cast(dtype)).transposed(perm);
    ByteBuffer whole = ByteBuffer.allocate(count * dtype.byteSize());
    ByteBuffer swapped = ByteBuffer.allocate(count * dtype.byteSize());
    putParts(weight, whole);
    putParts(weight.byteSwapped(), swapped);
    String what = Arrays.toString(sizes) + " in the order " + Arrays.toString(perm);
    assertThat(Tensor.of(dtype, whole.order(ByteOrder.LITTLE_ENDIAN), count).doubles())
        .as(what)
        .isEqualTo(transposed(numbers, sizes, perm));
    byte[] back = swapped.array();
    for (int i = 0; i < back.length; i++) {
      int place = i % dtype.byteSize();
      if (back[i] != whole.get(i - place + dtype.byteSize() - 1 - place)) {
        fail(what + ": byte " + i + " is not swapped");
      }
    }
  }

  private static void putParts(WeightRef weight, ByteBuffer whole) throws IOException {
    ByteBuffer tile = ByteBuffer.allocateDirect(1 << 20);
    int size = weight.dtype().byteSize();
    long[] got = {0};
    for (WeightPart part : weight.parts(tile.capacity())) {
      long due = got[0] + part.byteCount();
      part.read(
          tile,
          (start, elements) -> {
            got[0] += elements.remaining();
            whole.put((int) start * size, elements, elements.position(), elements.remaining());
          });
      assertThat(got[0]).isEqualTo(due);
    }
    assertThat(got[0]).isEqualTo(whole.capacity());
  }

  private static int[] permutation(int rank, Random random) {
    List<Integer> perm = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      perm.add(i);
    }
    Collections.shuffle(perm, random);
    return perm.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void check(DataType dtype, long[] sizes, int[] perm, Random random)
      throws IOException {
    int count = (int) Shape.elementCount(sizes);
    double[] numbers = random.ints(count, 0, 2000).asDoubleStream().toArray();
    WeightRef weight = WeightRef.of(Tensor.of(numbers, sizes).cast(dtype)).transposed(perm);
    double[] expected = transposed(numbers, sizes, perm);
    long start = 0;
    while (start < count) {
      int length = (int) Math.min(count - start, 1 + random.nextInt(count));
      ByteBuffer tile =
          ByteBuffer.allocate(length * dtype.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
      weight.read(start, tile);
      assertThat(tile.hasRemaining()).isFalse();
      double[] got = Tensor.of(dtype, tile.flip(), length).doubles();
      assertThat(got)
          .as("%s in the order %s from %s", Arrays.toString(sizes), Arrays.toString(perm), start)
          .isEqualTo(Arrays.copyOfRange(expected, (int) start, (int) start + length));
      start += length;
    }
  }

  private static double[] transposed(double[] numbers, long[] sizes, int[] perm) {
    double[] result = new double[numbers.length];
    for (int n = 0; n < result.length; n++) {
      long[] index = new long[perm.length];
      long rest = n;
      for (int axis = perm.length - 1; axis >= 0; axis--) {
        index[perm[axis]] = rest % sizes[perm[axis]];
        rest /= sizes[perm[axis]];
      }
      long offset = 0;
      for (int axis = 0; axis < sizes.length; axis++) {
        offset = offset * sizes[axis] + index[axis];
      }
      result[n] = numbers[(int) offset];
    }
    return result;
  }
}
