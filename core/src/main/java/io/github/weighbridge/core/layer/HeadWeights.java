package io.github.weighbridge.core.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The weights of the inner layers that lead into heads and out of them, each an EinsumDense. */
final class HeadWeights {

  private final boolean useBias;
  private final List<WeightSpec> specs = new ArrayList<>();

  HeadWeights(boolean useBias) {
    this.useBias = useBias;
  }

  /** Adds {@code name_kernel} {@code [in..., out...]} and {@code name_bias} {@code [out...]}. */
  HeadWeights add(String name, List<Long> in, long... out) {
    return add(name, name + "_dense", in, out);
  }

  /** The same, of a layer that Keras shows by no property: files have it under a private name. */
  HeadWeights addPrivate(String name, List<Long> in, long... out) {
    return add(name, "_" + name + "_dense", in, out);
  }

  private HeadWeights add(String name, String part, List<Long> in, long... out) {
    long[] kernel =
        LongStream.concat(in.stream().mapToLong(Long::longValue), LongStream.of(out)).toArray();
    specs.add(WeightSpec.trainable(name + "_kernel", kernel).inPart(part));
    if (useBias) {
      specs.add(WeightSpec.trainable(name + "_bias", out).inPart(part));
    }
    return this;
  }

  List<WeightSpec> specs() {
    return specs;
  }
}
