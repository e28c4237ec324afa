package io.github.weighbridge.core.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A weight computed element by element from others of the same shape. */
final class MappedSource implements WeightSource {

  private static final int CHUNK = 1 << 16;

  private final List<WeightRef> operands;
  private final DataType dtype;
  private final WeightRef.ElementFunction function;

  MappedSource(List<WeightRef> operands, DataType dtype, WeightRef.ElementFunction function) {
    this.operands = operands;
    this.dtype = dtype;
    this.function = function;
  }

  @Override
  public void read(long start, ByteBuffer target) throws IOException {
    int size = dtype.byteSize();
    ByteBuffer out = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    int total = out.remaining() / size;
    double[] row = new double[operands.size()];
    ByteBuffer[] in = new ByteBuffer[row.length];
    for (int done = 0; done < total; done += CHUNK) {
      int count = Math.min(CHUNK, total - done);
      for (int k = 0; k < in.length; k++) {
        WeightRef operand = operands.get(k);
        in[k] = ByteBuffer.allocate(count * operand.dtype().byteSize());
        in[k].order(ByteOrder.LITTLE_ENDIAN);
        operand.read(start + done, in[k]);
      }
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < in.length; k++) {
          row[k] = Elements.getDouble(operands.get(k).dtype(), in[k], i);
        }
        Elements.putDouble(dtype, out, done + i, function.apply(row));
      }
    }
    target.position(target.limit());
  }
}
