package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** A function of two float32 arrays, run by run and chunk by chunk. */
final class FloatBinary implements Task {

  /** A function on the first elements of two arrays; the result replaces those of the first. */
  @FunctionalInterface
  private interface Loop {
    void apply(float[] x, float[] y, int n);
  }

  private final Loop loop;
  private final BroadcastWalk walk;
  private final FloatBuffer x;
  private final FloatBuffer y;
  private final FloatBuffer z;
  private final float[] left = new float[FloatMath.CHUNK];
  private final float[] right = new float[FloatMath.CHUNK];

  FloatBinary(BinaryFunction function, NativeArray x, NativeArray y, NativeArray z) {
    this.loop = loop(function);
    this.walk = new BroadcastWalk(z, x, y);
    this.x = x.floats();
    this.y = y.floats();
    this.z = z.floats();
  }

  @Override
  public void run() {
    walk.forEachRun(this::run);
  }

  private void run(int result, int[] from) {
    int count = walk.runLength();
    int stepX = walk.step(0);
    int stepY = walk.step(1);
    for (int at = 0; at < count; at += left.length) {
      int n = Math.min(left.length, count - at);
      load(x, from[0] + at * stepX, stepX, left, n);
      load(y, from[1] + at * stepY, stepY, right, n);
      loop.apply(left, right, n);
      z.put(result + at, left, 0, n);
    }
  }

  private static void load(FloatBuffer source, int from, int step, float[] target, int n) {
    if (step == 0) {
      Arrays.fill(target, 0, n, source.get(from));
    } else {
      source.get(from, target, 0, n);
    }
  }

  private static Loop loop(BinaryFunction function) {
    return switch (function) {
      case ADD ->
          (x, y, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] += y[i];
            }
          };
      case SUBTRACT ->
          (x, y, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] -= y[i];
            }
          };
      case MULTIPLY ->
          (x, y, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] *= y[i];
            }
          };
      case DIVIDE ->
          (x, y, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] /= y[i];
            }
          };
      // The quotient is rounded before it is floored, as in Keras: 1 / 0.1f is 10.
      case FLOOR_DIVIDE ->
          (x, y, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] = (float) Math.floor(x[i] / y[i]);
            }
          };
      case MAXIMUM ->
          (x, y, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] = Math.max(x[i], y[i]);
            }
          };
      case MINIMUM ->
          (x, y, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] = Math.min(x[i], y[i]);
            }
          };
      default ->
          (x, y, n) -> {
            for (int i = 0; i < n; i++) {
              x[i] = (float) function.apply(x[i], y[i]);
            }
          };
    };
  }
}
