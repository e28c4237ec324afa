package io.github.weighbridge.formats;

import io.github.weighbridge.core.tensor.WeightRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Takes bytes one after the other, and weights by the shortest way that it has. */
public interface WeightChannel extends WritableByteChannel {

  /** Writes all bytes of the buffer. */
  @Override
  int write(ByteBuffer bytes) throws IOException;

  /**
   * Writes a weight's bytes.
   *
   * @throws IOException if reading or writing fails, or fewer bytes come than the type says
   */
  void write(WeightRef weight) throws IOException;
}
