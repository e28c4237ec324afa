package io.github.weighbridge.runtime.kernel;

import io.github.weighbridge.core.tensor.Elements;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.Task;
import java.nio.ByteBuffer;

/** Fills an array with one number. */
final class Fill implements Task {

  private static final int CHUNK_BYTES = 8192;

  private final ByteBuffer target;
  private final byte[] chunk;

  private Fill(NativeArray array, double value) {
    this.target = array.bytes();
    int size = array.dtype().byteSize();
    int count = Math.min(array.count(), CHUNK_BYTES / size);
    this.chunk = new byte[count * size];
    ByteBuffer pattern = ByteBuffer.wrap(chunk).order(target.order());
    for (int i = 0; i < count; i++) {
      Elements.putDouble(array.dtype(), pattern, i, value);
    }
  }

  static Fill of(NativeArray array, double value) {
    return new Fill(array, value);
  }

  static Fill zeros(NativeArray array) {
    return new Fill(array, 0);
  }

  @Override
  public void run() {
    int end = target.capacity();
    for (int at = 0; at < end; at += chunk.length) {
      target.put(at, chunk, 0, Math.min(chunk.length, end - at));
    }
  }
}
