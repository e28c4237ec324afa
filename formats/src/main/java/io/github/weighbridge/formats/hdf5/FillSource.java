package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.tensor.WeightSource;
import java.nio.ByteBuffer;

/** The elements of a dataset that was created but never written: its fill value, repeated. */
final class FillSource implements WeightSource {

  private final byte[] element;

  FillSource(byte[] element) {
    this.element = element.clone();
  }

  @Override
  public void read(long start, ByteBuffer target) {
    while (target.hasRemaining()) {
      target.put(element);
    }
  }
}
