package io.github.weighbridge.runtime.plan;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.runtime.nd4j.NativeArray;
import io.github.weighbridge.runtime.nd4j.NativeMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The constants of a program outside the heap, read once when a plan first needs them and shared by
 * all plans, which never write to them. Thread-safe.
 */
final class Weights implements AutoCloseable {

  private final Map<Value, WeightRef> constants;
  private final Map<Value, Loaded> loaded = new HashMap<>();

  Weights(Map<Value, WeightRef> constants) {
    this.constants = constants;
  }

  /** The array of a constant; a new view at each call, for one plan. */
  synchronized NativeArray array(Value value) {
    NativeArray array = loaded.computeIfAbsent(value, this::load).array();
    return array.reshaped(array.sizes());
  }

  private Loaded load(Value value) {
    WeightRef weight = Objects.requireNonNull(constants.get(value));
    DataType stored = Storage.of(weight.dtype(), value.name());
    WeightRef source = weight.cast(stored);
    NativeMemory memory = new NativeMemory(source.byteCount());
    NativeArray array = memory.array(0, stored, weight.sizes());
    try {
      read(source, array);
    } catch (IOException e) {
      memory.close();
      throw new UncheckedIOException("while reading weight '" + value.name() + "'", e);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
    return new Loaded(memory, array);
  }

  private static void read(WeightRef source, NativeArray target) throws IOException {
    int size = source.dtype().byteSize();
    long bytes = source.byteCount();
    for (long at = 0; at < bytes; at += WeightRef.TILE_BYTES) {
      ByteBuffer tile = target.view(at, (int) Math.min(WeightRef.TILE_BYTES, bytes - at));
      source.read(at / size, tile);
    }
  }

  @Override
  public synchronized void close() {
    loaded.values().forEach(l -> l.memory().close());
    loaded.clear();
  }

  private record Loaded(NativeMemory memory, NativeArray array) {}
}
