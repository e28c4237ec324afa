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

  /** Adds those of {@code name_dense}, which a property of the layer shows. */
  HeadWeights add(String name, List<Long> in, long... out) {
    return add(name, name + "_dense", in, out);
  }

  /** Adds those of {@code _name_dense}, which no property shows. */
  HeadWeights addHidden(String name, List<Long> in, long... out) {
    return add(name, "_" + name + "_dense", in, out);
  }

  /** Adds {@code name_kernel} {@code [in..., out...]} and {@code name_bias} {@code [out...]}. */
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
