package io.github.weighbridge.runtime.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Transcendental functions on the first elements of float arrays, in loops that the JIT compiles to
 * vector instructions: no branches, no calls, no moves between integer and floating-point
 * registers. Relative errors are below 1e-6 (a few units in the last place) wherever the result is
 * a normal number. Not thread-safe: it owns work space.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // digits as published
final class FloatMath {

  /** How many elements one call may take. */
  static final int CHUNK = 1024;

  /** Added and subtracted, it rounds a float to a whole number and leaves that in the low bits. */
  private static final float ROUNDER = 0x1.8p23f;

  private static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts, so that {@code k ln 2} is exact in the first one (Cody and Waite). */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  private final float[] exponents = new float[CHUNK];
  private final int[] bits = new int[CHUNK];

  /** The inputs, kept across a call of {@link #exp}. */
  private final float[] kept = new float[CHUNK];

  // The same bytes seen as floats and as whole numbers: a bulk copy through them reinterprets a
  // whole chunk, where Float.intBitsToFloat in a loop keeps the loop from being vectorised.
  private final FloatBuffer asFloats;
  private final IntBuffer asInts;

  FloatMath() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK).order(ByteOrder.nativeOrder());
    asFloats = bytes.asFloatBuffer();
    asInts = bytes.asIntBuffer();
  }

  /** {@code e^x}; results below the smallest normal number become 0. */
  void exp(float[] x, int n) {
    float[] k = exponents;
    // One loop would do, but the JIT vectorises only loops as short as these.
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(-87.5f, Math.min(89f, x[i]));
    }
    for (int i = 0; i < n; i++) {
      k[i] = x[i] * LOG2_E + ROUNDER;
    }
    reduceAndExpand(x, n);
    powersOfTwo(n);
    for (int i = 0; i < n; i++) {
      // In two steps: 2^128 itself is no float, though e^x just below the largest one needs it.
      x[i] = x[i] * k[i] * 2f;
    }
  }

  /** Replaces {@code x} by {@code e^(x - k ln 2)}, where the exponents are {@code k + ROUNDER}. */
  private void reduceAndExpand(float[] x, int n) {
    float[] k = exponents;
    for (int i = 0; i < n; i++) {
      float whole = k[i] - ROUNDER;
      float r = x[i] - whole * LN2_HIGH - whole * LN2_LOW;
      float p = 1.9875691500e-4f;
      p = p * r + 1.3981999507e-3f;
      p = p * r + 8.3334519073e-3f;
      p = p * r + 4.1665795894e-2f;
      p = p * r + 1.6666665459e-1f;
      p = p * r + 5.0000001201e-1f;
      x[i] = p * r * r + r + 1f;
    }
  }

  /** Makes {@code 2^(k - 1)} of numbers {@code k + ROUNDER}. */
  private void powersOfTwo(int n) {
    asFloats.put(0, exponents, 0, n);
    asInts.get(0, bits, 0, n);
    for (int i = 0; i < n; i++) {
      bits[i] = (bits[i] + 126) << 23;
    }
    asInts.put(0, bits, 0, n);
    asFloats.get(0, exponents, 0, n);
  }

  /** {@code 1 / (1 + e^-x)}. */
  void sigmoid(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = -x[i];
    }
    exp(x, n);
    for (int i = 0; i < n; i++) {
      x[i] = 1f / (1f + x[i]);
    }
  }

  /** {@code x sigmoid(x)}. */
  void silu(float[] x, int n) {
    System.arraycopy(x, 0, kept, 0, n);
    sigmoid(x, n);
    for (int i = 0; i < n; i++) {
      x[i] *= kept[i];
    }
  }

  /** {@code tanh x}, as a quotient of polynomials (the coefficients are Eigen's). */
  void tanh(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = tanh(x[i]);
    }
  }

  private static float tanh(float x) {
    float c = Math.max(-7.90531110763549805f, Math.min(7.90531110763549805f, x));
    float s = c * c;
    float p = -2.76076847742355e-16f;
    p = p * s + 2.00018790482477e-13f;
    p = p * s - 8.60467152213735e-11f;
    p = p * s + 5.12229709037114e-08f;
    p = p * s + 1.48572235717979e-05f;
    p = p * s + 6.37261928875436e-04f;
    p = p * s + 4.89352455891786e-03f;
    float q = 1.19825839466702e-06f;
    q = q * s + 1.18534705686654e-04f;
    q = q * s + 2.26843463243900e-03f;
    q = q * s + 4.89352518554385e-03f;
    return c * p / q;
  }

  /** {@code e^x - 1} for {@code x <= 0}, exact for small ones too. */
  void expm1OfNegative(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      float t = tanh(0.5f * x[i]);
      x[i] = 2f * t / (1f - t);
    }
  }

  /** {@code log(1 + e^x)}. */
  void softplus(float[] x, int n) {
    System.arraycopy(x, 0, kept, 0, n);
    for (int i = 0; i < n; i++) {
      x[i] = -Math.abs(x[i]);
    }
    exp(x, n);
    for (int i = 0; i < n; i++) {
      // log(1 + e) = 2 artanh(e / (2 + e)), whose series converges fast up to 1/3.
      float s = x[i] / (2f + x[i]);
      float q = s * s;
      float p = 1f / 15f;
      p = p * q + 1f / 13f;
      p = p * q + 1f / 11f;
      p = p * q + 1f / 9f;
      p = p * q + 1f / 7f;
      p = p * q + 1f / 5f;
      p = p * q + 1f / 3f;
      p = p * q + 1f;
      x[i] = Math.max(kept[i], 0f) + 2f * s * p;
    }
  }

  /** {@code x tanh(softplus(x))}. */
  void mish(float[] x, int n) {
    System.arraycopy(x, 0, kept, 0, n);
    for (int i = 0; i < n; i++) {
      x[i] = -Math.abs(x[i]);
    }
    exp(x, n);
    for (int i = 0; i < n; i++) {
      float e = x[i];
      float input = kept[i];
      // tanh(log(1 + w)) with w = e^x, divided through by w^2 where that would overflow.
      x[i] =
          input >= 0
              ? input * ((1f + 2f * e) / (1f + 2f * e + 2f * e * e))
              : input * (e * (e + 2f) / (e * (e + 2f) + 2f));
    }
  }

  /** {@code 0.5 x (1 + tanh(0.79788 (x + 0.044715 x^3)))}, as {@code x sigmoid} of twice that. */
  void geluTanh(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      float value = x[i];
      kept[i] = value;
      x[i] = 1.5957691216057308f * (value + 0.044715f * value * value * value);
    }
    float[] inputs = kept;
    sigmoid(x, n);
    for (int i = 0; i < n; i++) {
      x[i] *= inputs[i];
    }
  }
}
