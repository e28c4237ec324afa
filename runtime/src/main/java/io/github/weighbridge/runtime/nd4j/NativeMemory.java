package io.github.weighbridge.runtime.nd4j;

import io.github.weighbridge.core.tensor.DataType;
import org.bytedeco.javacpp.BytePointer;

/** A block of memory outside the heap, freed by {@link #close}. Its contents start undefined. */
public final class NativeMemory implements AutoCloseable {

  /** What every array starts at a multiple of: a cache line, and a vector register of AVX-512. */
  public static final int ALIGNMENT = 64;

  private final BytePointer block;
  private final long start;

  /** A block of this many bytes. */
  public NativeMemory(long bytes) {
    this.block = new BytePointer(bytes + ALIGNMENT);
    this.start = (ALIGNMENT - block.address() % ALIGNMENT) % ALIGNMENT;
  }

  /** The bytes that a place of this size takes, up to the next aligned one. */
  public static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** An array in this block; valid as long as the block is. */
  public NativeArray array(long offset, DataType dtype, long... sizes) {
    return new NativeArray(block.getPointer(start + offset), dtype, sizes);
  }

  @Override
  public void close() {
    block.close();
  }
}
