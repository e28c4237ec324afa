package io.github.weighbridge.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chains of random views, read whole, in random ranges and in tiles, against the same chain worked
 * out eagerly on arrays. All numbers are whole and small, so every type holds them exactly.
 */
class WeightViewsTest {

  /** An array that is worked out at once. */
  private static final class Eager {
    private final long[] sizes;
    private final double[] data;

    Eager(long[] sizes, double[] data) {
      this.sizes = sizes;
      this.data = data;
    }

    long[] sizes() {
      return sizes;
    }

    double[] data() {
      return data;
    }

    interface Source {
      double at(int[] index);
    }

    static Eager compute(long[] sizes, Source source) {
      double[] data = new double[(int) Shape.elementCount(sizes)];
      int[] index = new int[sizes.length];
      for (int n = 0; n < data.length; n++) {
        data[n] = source.at(index);
        for (int axis = sizes.length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
          index[axis] = 0;
        }
      }
      return new Eager(sizes, data);
    }

    double at(int... index) {
      int offset = 0;
      for (int axis = 0; axis < sizes.length; axis++) {
        offset = offset * (int) sizes[axis] + index[axis];
      }
      return data[offset];
    }

    /** One index of one axis taken from elsewhere. */
    Eager indexed(int axis, long size, LongBinaryOperator source) {
      long[] changed = sizes.clone();
      changed[axis] = size;
      return compute(
          changed,
          index -> {
            int[] from = index.clone();
            from[axis] = (int) source.applyAsLong(index[axis], sizes[axis]);
            return at(from);
          });
    }
  }

  /** A view and what it must hold. */
  private record Pair(WeightRef view, Eager eager) {}

  private static Pair start(Random random) {
    int rank = 1 + random.nextInt(4);
    long[] sizes = random.ints(rank, 1, 7).asLongStream().toArray();
    double[] data = random.ints(Shape.elementCount(sizes), -9, 10).asDoubleStream().toArray();
    DataType dtype =
        List.of(DataType.FLOAT32, DataType.FLOAT64, DataType.FLOAT16, DataType.INT32)
            .get(random.nextInt(4));
    return new Pair(WeightRef.of(Tensor.of(data, sizes).cast(dtype)), new Eager(sizes, data));
  }

  private static Pair view(Pair pair, Random random) {
    WeightRef w = pair.view();
    Eager e = pair.eager();
    int rank = e.sizes().length;
    int axis = random.nextInt(rank);
    long size = e.sizes()[axis];
    switch (random.nextInt(9)) {
      case 0 -> {
        int[] perm = permutation(rank, random);
        long[] sizes = Arrays.stream(perm).mapToLong(a -> e.sizes()[a]).toArray();
        return new Pair(
            w.transposed(perm),
            Eager.compute(
                sizes,
                index -> {
                  int[] from = new int[rank];
                  for (int i = 0; i < rank; i++) {
                    from[perm[i]] = index[i];
                  }
                  return e.at(from);
                }));
      }
      case 1 -> {
        long[] flat = {1, e.data().length};
        return new Pair(w.reshaped(flat), new Eager(flat, e.data()));
      }
      case 2 -> {
        long[] indices = random.longs(1 + random.nextInt(5), 0, size).toArray();
        return new Pair(
            w.gathered(axis, indices), e.indexed(axis, indices.length, (i, n) -> indices[(int) i]));
      }
      case 3 -> {
        return new Pair(w.flipped(axis), e.indexed(axis, size, (i, n) -> n - 1 - i));
      }
      case 4 -> {
        long from = random.nextInt((int) size);
        long to = from + 1 + random.nextInt((int) (size - from));
        return new Pair(w.sliced(axis, from, to), e.indexed(axis, to - from, (i, n) -> i + from));
      }
      case 5 -> {
        return new Pair(
            WeightRef.concatenated(axis, List.of(w, w.flipped(axis), w)),
            e.indexed(axis, 3 * size, (i, n) -> i / n == 1 ? n - 1 - i % n : i % n));
      }
      case 6 -> {
        double[] factors = random.ints(size, 1, 3).asDoubleStream().toArray();
        return new Pair(
            w.scaled(axis, WeightRef.of(Tensor.of(factors, size))),
            Eager.compute(e.sizes(), index -> e.at(index) * factors[index[axis]]));
      }
      case 7 -> {
        DataType dtype = random.nextBoolean() ? DataType.FLOAT64 : DataType.INT64;
        WeightRef vector = WeightRef.of(Tensor.of(new double[] {3}, 1));
        return new Pair(
            WeightRef.mapped(dtype, x -> x[0] - x[1], List.of(w, vector)),
            Eager.compute(e.sizes(), index -> e.at(index) - 3));
      }
      default -> {
        return new Pair(w.cast(DataType.FLOAT32), e);
      }
    }
  }

  private static int[] permutation(int rank, Random random) {
    int[] perm = new int[rank];
    for (int i = 0; i < rank; i++) {
      int j = random.nextInt(i + 1);
      perm[i] = perm[j];
      perm[j] = i;
    }
    return perm;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void viewsOfViewsHoldWhatTheyShould(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 150; round++) {
      Pair pair = start(random);
      for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
        // Products of factors must stay within what 16 bits hold exactly.
        Pair next = view(pair, random);
        boolean exact = Arrays.stream(next.eager().data()).allMatch(x -> Math.abs(x) < 2048);
        pair = exact && next.eager().data().length < 20_000 ? next : pair;
      }
      check(pair, random, "seed " + seed + ", round " + round);
    }
  }

  private static void check(Pair pair, Random random, String what) throws IOException {
    WeightRef view = pair.view();
    double[] expected = pair.eager().data();
    assertThat(view.sizes()).as(what).isEqualTo(pair.eager().sizes());
    assertThat(view.load().doubles()).as(what).isEqualTo(expected);
    int size = view.dtype().byteSize();
    for (int i = 0; i < 5; i++) {
      int from = random.nextInt(expected.length);
      int to = from + random.nextInt(expected.length - from + 1);
      ByteBuffer range = range(from, to, size, random);
      int before = range.position();
      view.read(from, range);
      assertThat(range.hasRemaining()).as(what).isFalse();
      assertThat(Tensor.of(view.dtype(), range.position(before), to - from).doubles())
          .as("%s, elements %d to %d of %s", what, from, to, view)
          .isEqualTo(Arrays.copyOfRange(expected, from, to));
    }
    ByteBuffer written = ByteBuffer.allocate(size * expected.length);
    ByteBuffer tile = ByteBuffer.allocate(size * (1 + random.nextInt(expected.length)));
    for (WeightPart part : view.parts(tile.capacity())) {
      part.read(tile, (start, elements) -> written.position((int) start * size).put(elements));
    }
    Tensor back = Tensor.of(view.dtype(), written.rewind(), view.sizes());
    assertThat(back.doubles()).as("%s in tiles of %d", what, tile.capacity()).isEqualTo(expected);
  }

  /** A buffer of that many elements, direct or not, which does not begin at 0. */
  private static ByteBuffer range(int from, int to, int size, Random random) {
    int before = random.nextInt(3);
    int bytes = before + (to - from) * size;
    ByteBuffer buffer =
        random.nextBoolean() ? ByteBuffer.allocate(bytes) : ByteBuffer.allocateDirect(bytes);
    return buffer.order(ByteOrder.LITTLE_ENDIAN).position(before);
  }

  @Test
  void broadcastsByNumpysRule() {
    WeightRef column = WeightRef.of(Tensor.of(new float[] {1, 2}, 2, 1));
    assertThat(column.broadcastTo(2, 2, 3).load().doubles())
        .containsExactly(1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2);
    WeightRef row = WeightRef.of(Tensor.of(new float[] {10, 20, 30}, 3));
    assertThat(
            WeightRef.mapped(DataType.FLOAT32, x -> x[0] + x[1], List.of(column, row))
                .load()
                .doubles())
        .containsExactly(11, 21, 31, 12, 22, 32);
    assertThatThrownBy(() -> column.broadcastTo(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot broadcast float32[2, 1] to [2]");
    assertThatThrownBy(() -> row.broadcastTo(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot broadcast float32[3] to [2]");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    WeightRef w = WeightRef.filled(DataType.FLOAT32, 1, 2, 3);
    assertThatThrownBy(() -> w.transposed(0))
        .hasMessage("cannot order the axes of float32[2, 3] as [0]");
    assertThatThrownBy(() -> w.transposed(0, 0))
        .hasMessage("cannot order the axes of float32[2, 3] as [0, 0]");
    assertThatThrownBy(() -> w.reshaped(7))
        .hasMessage("float32[2, 3] has 6 elements, cannot have shape [7]");
    assertThatThrownBy(() -> w.sliced(1, 2, 4))
        .hasMessage("cannot slice 2..4 of axis 1 of float32[2, 3]");
    assertThatThrownBy(() -> w.gathered(0, 2)).hasMessage("no index 2 in axis 0 of float32[2, 3]");
    assertThatThrownBy(() -> w.scaled(1, WeightRef.filled(DataType.FLOAT32, 1, 2)))
        .hasMessage("cannot scale axis 1 of float32[2, 3] by float32[2]");
    assertThatThrownBy(
            () ->
                WeightRef.concatenated(0, List.of(w, WeightRef.filled(DataType.FLOAT32, 1, 2, 4))))
        .hasMessage("cannot join [float32[2, 3], float32[2, 4]] along axis 0");
  }

  @Test
  void whatChangesNothingIsTheSameWeight() {
    WeightRef w = WeightRef.filled(DataType.FLOAT32, 1, 2, 3);
    assertThat(w.transposed(0, 1)).isSameAs(w);
    assertThat(w.cast(DataType.FLOAT32)).isSameAs(w);
    assertThat(w.sliced(1, 0, 3)).isSameAs(w);
    assertThat(w.broadcastTo(2, 3)).isSameAs(w);
    assertThat(w.byteCount()).isEqualTo(24);
  }

  @Test
  void viewsOfZerosAreKnownToBeZeros() {
    WeightRef zeros = WeightRef.filled(DataType.FLOAT32, 0, 2, 3);
    WeightRef ones = WeightRef.filled(DataType.FLOAT32, 1, 2, 3);

    WeightRef view =
        WeightRef.concatenated(0, List.of(zeros.transposed(1, 0), zeros.transposed(1, 0)))
            .sliced(0, 1, 5)
            .reshaped(8)
            .cast(DataType.FLOAT16);

    assertThat(view.isZero()).isTrue();
    assertThat(view.load().doubles()).containsExactly(new double[8]);
    assertThat(ones.isZero()).isFalse();
    assertThat(WeightRef.concatenated(0, List.of(zeros, ones)).isZero()).isFalse();
    assertThat(WeightRef.of(zeros.load()).isZero()).as("not known without reading").isFalse();
  }

  @Test
  void emptyWeightsHaveNothingToRead() {
    WeightRef empty = WeightRef.filled(DataType.FLOAT32, 1, 0, 3);
    assertThat(empty.transposed(1, 0).load().count()).isZero();
    assertThat(empty.scaled(1, WeightRef.filled(DataType.FLOAT32, 2, 3)).load().count()).isZero();
    assertThat(empty.cast(DataType.INT8).load().count()).isZero();
    assertThat(empty.flipped(1).load().count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void fourBitsTwoInAByte(long seed) throws IOException {
    Random random = new Random(seed);
    boolean signed = random.nextBoolean();
    long[] sizes = random.ints(1 + random.nextInt(3), 1, 6).asLongStream().toArray();
    int axis = random.nextInt(sizes.length);
    long count = 2 * sizes[axis] - random.nextInt(2);
    byte[] bytes = new byte[(int) Shape.elementCount(sizes)];
    random.nextBytes(bytes);
    Tensor packed =
        Tensor.of(signed ? DataType.INT8 : DataType.UINT8, ByteBuffer.wrap(bytes), sizes);
    double[] whole = packed.doubles();
    Eager eager = new Eager(sizes, whole).indexed(axis, count, (i, n) -> i / 2);
    long inner = Shape.elementCount(Arrays.copyOfRange(sizes, axis + 1, sizes.length));
    for (int i = 0; i < eager.data().length; i++) {
      int half = (int) (i / inner % count % 2);
      int bits = ((int) eager.data()[i] >> (4 * half)) & 0xf;
      eager.data()[i] = signed && bits > 7 ? bits - 16 : bits;
    }
    check(new Pair(WeightRef.of(packed).unpacked(axis, count), eager), random, "seed " + seed);
  }
}
