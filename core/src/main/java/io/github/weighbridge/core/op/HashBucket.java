package io.github.weighbridge.core.op;

import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bucket (int64, from 0) that the hash of each element's UTF-8 falls into, as TensorFlow has
 * it: FarmHash's Fingerprint64, or SipHash-2-4 where there is a key. Operand: {@code x}, strings or
 * int64; numbers are hashed as their decimal text.
 *
 * @param buckets how many there are
 * @param key the two halves of SipHash's key, or null
 */
public record HashBucket(long buckets, @Nullable List<Long> key) implements TextOperation {

  /** Copies the key. */
  public HashBucket {
    key = key == null ? null : List.copyOf(key);
    Operands.require(buckets > 0, "there must be a bucket, got " + buckets);
    Operands.require(key == null || key.size() == 2, "the key must be two numbers, got " + key);
  }

  @Override
  public List<TensorType> outputTypes(List<@Nullable TensorType> operands) {
    TensorType x = Operands.required(operands, 0);
    Operands.requireHashable(x);
    return List.of(x.withDtype(DataType.INT64));
  }
}
