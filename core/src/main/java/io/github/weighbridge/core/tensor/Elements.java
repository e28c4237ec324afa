package io.github.weighbridge.core.tensor;

import java.nio.ByteBuffer;

/**
 * Single elements of little-endian buffers as numbers: the one place that knows how each {@link
 * DataType} is laid out.
 */
public final class Elements {

  private Elements() {}

  /** Element {@code index} of a little-endian buffer, as a double. */
  public static double getDouble(DataType dtype, ByteBuffer data, int index) {
    return switch (dtype) {
      case FLOAT32 -> data.getFloat(index * 4);
      case FLOAT64 -> data.getDouble(index * 8);
      case FLOAT16 -> HalfFloat.fromFloat16(data.getShort(index * 2));
      case BFLOAT16 -> HalfFloat.fromBfloat16(data.getShort(index * 2));
      case FLOAT8_E4M3FN -> Float8.fromE4m3fn(data.get(index));
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, BOOL -> getLong(dtype, data, index);
      case UINT64 -> unsigned(data.getLong(index * 8));
      case INT4, UINT4, FLOAT8_E5M2, COMPLEX64, COMPLEX128, STRING ->
          throw new UnsupportedOperationException(dtype + " elements are not read as numbers");
    };
  }

  /** Element {@code index} of a little-endian buffer, as a long; floating-point ones truncated. */
  public static long getLong(DataType dtype, ByteBuffer data, int index) {
    return switch (dtype) {
      case INT8 -> data.get(index);
      case UINT8 -> data.get(index) & 0xff;
      case BOOL -> data.get(index) != 0 ? 1 : 0;
      case INT16 -> data.getShort(index * 2);
      case UINT16 -> data.getShort(index * 2) & 0xffff;
      case INT32 -> data.getInt(index * 4);
      case UINT32 -> data.getInt(index * 4) & 0xffffffffL;
      case INT64, UINT64 -> data.getLong(index * 8);
      case FLOAT8_E4M3FN, FLOAT16, BFLOAT16, FLOAT32, FLOAT64 ->
          (long) getDouble(dtype, data, index);
      case INT4, UINT4, FLOAT8_E5M2, COMPLEX64, COMPLEX128, STRING ->
          throw new UnsupportedOperationException(dtype + " elements are not read as numbers");
    };
  }

  /** Puts a number at element {@code index}, rounded or wrapped as the type has it. */
  public static void putDouble(DataType dtype, ByteBuffer data, int index, double value) {
    switch (dtype) {
      case FLOAT32 -> data.putFloat(index * 4, (float) value);
      case FLOAT64 -> data.putDouble(index * 8, value);
      case FLOAT16 -> data.putShort(index * 2, HalfFloat.toFloat16(value));
      case BFLOAT16 -> data.putShort(index * 2, HalfFloat.toBfloat16(value));
      case FLOAT8_E4M3FN -> data.put(index, Float8.toE4m3fn(value));
      case BOOL -> data.put(index, (byte) (value != 0 ? 1 : 0));
      case UINT64 -> data.putLong(index * 8, unsignedBits(value));
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 ->
          putLong(dtype, data, index, (long) value);
      case INT4, UINT4, FLOAT8_E5M2, COMPLEX64, COMPLEX128, STRING ->
          throw new UnsupportedOperationException(dtype + " elements are not written as numbers");
    }
  }

  /** Puts a whole number at element {@code index}, wrapped as the type has it. */
  public static void putLong(DataType dtype, ByteBuffer data, int index, long value) {
    switch (dtype) {
      case INT8, UINT8 -> data.put(index, (byte) value);
      case BOOL -> data.put(index, (byte) (value != 0 ? 1 : 0));
      case INT16, UINT16 -> data.putShort(index * 2, (short) value);
      case INT32, UINT32 -> data.putInt(index * 4, (int) value);
      case INT64, UINT64 -> data.putLong(index * 8, value);
      case FLOAT8_E4M3FN, FLOAT16, BFLOAT16, FLOAT32, FLOAT64 ->
          putDouble(dtype, data, index, (double) value);
      case INT4, UINT4, FLOAT8_E5M2, COMPLEX64, COMPLEX128, STRING ->
          throw new UnsupportedOperationException(dtype + " elements are not written as numbers");
    }
  }

  /** Puts an element of one type into another: whole numbers exactly, also those beyond 2^53. */
  static void convert(
      DataType from, ByteBuffer source, int index, DataType to, ByteBuffer target, int at) {
    if (!from.isFloating() && to.isInteger()) {
      putLong(to, target, at, getLong(from, source, index));
    } else {
      putDouble(to, target, at, getDouble(from, source, index));
    }
  }

  private static long unsignedBits(double value) {
    return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) ^ Long.MIN_VALUE;
  }

  private static double unsigned(long bits) {
    double half = (bits >>> 1) | (bits & 1);
    return bits >= 0 ? bits : half * 2;
  }
}
