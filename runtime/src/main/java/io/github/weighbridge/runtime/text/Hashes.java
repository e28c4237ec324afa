package io.github.weighbridge.runtime.text;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import io.github.weighbridge.core.op.FeatureCross;
import io.github.weighbridge.core.op.HashBucket;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Hashes as TensorFlow has them; all are unsigned numbers of 64 bits. */
final class Hashes {

  /** What {@code tf.sparse.cross_hashed} starts from. */
  private static final long CROSS_KEY = 0xDECAFCAFFEL;

  /** The multiplier of MurmurHash64A. */
  private static final long MURMUR = 0xc6a4a7935bd1e995L;

  private Hashes() {}

  static Tensor buckets(HashBucket op, Tensor x) {
    List<Long> key = op.key();
    HashFunction function =
        key == null ? Hashing.farmHashFingerprint64() : Hashing.sipHash24(key.get(0), key.get(1));
    boolean text = x.dtype() == DataType.STRING;
    String[] strings = text ? x.strings() : new String[0];
    long[] buckets = new long[x.count()];
    for (int i = 0; i < buckets.length; i++) {
      String hashed = text ? strings[i] : Long.toString(x.getLong(i));
      buckets[i] = Long.remainderUnsigned(hash(function, hashed), op.buckets());
    }
    return Tensor.of(buckets, x.sizes());
  }

  static Tensor crossed(FeatureCross op, List<Tensor> features) {
    long[] hashes = new long[features.get(0).count()];
    Arrays.fill(hashes, CROSS_KEY);
    for (Tensor feature : features) {
      long[] own = fingerprints(feature);
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = combined(hashes[i], own[i]);
      }
    }
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = Long.remainderUnsigned(hashes[i], op.buckets());
    }
    return Tensor.of(hashes, features.get(0).sizes());
  }

  /** Numbers stand for themselves. */
  private static long[] fingerprints(Tensor feature) {
    if (feature.dtype() != DataType.STRING) {
      return feature.longs();
    }
    HashFunction function = Hashing.farmHashFingerprint64();
    return Arrays.stream(feature.strings()).mapToLong(text -> hash(function, text)).toArray();
  }

  private static long hash(HashFunction function, String text) {
    return function.hashBytes(text.getBytes(StandardCharsets.UTF_8)).asLong();
  }

  /** TensorFlow's FingerprintCat64. */
  private static long combined(long first, long second) {
    long result = first ^ MURMUR;
    result ^= mixed(second * MURMUR) * MURMUR;
    result *= MURMUR;
    result = mixed(result) * MURMUR;
    return mixed(result);
  }

  private static long mixed(long bits) {
    return bits ^ (bits >>> 47);
  }
}
