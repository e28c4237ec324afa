package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Dot;
import java.util.List;

/** Dot of vectors: the sum of their products. */
final class DotWriter implements LayerWriter<Dot> {

  @Override
  public String write(Dot layer, LayerCall call) {
    List<Edge> inputs = call.inputs();
    int[] axes = layer.counted(inputs.get(0).type().rank(), inputs.get(1).type().rank());
    if (!call.require(
        inputs.stream().allMatch(input -> input.type().rank() == 2)
            && axes[0] == 1
            && axes[1] == 1
            && call.inputShape().dim(1).isFixed(),
        "must be of vectors, DL4J has no vertex for products of matrices",
        inputs.stream().map(input -> input.type().shape()).toList())) {
      return call.input();
    }
    long size = call.inputShape().dim(1).size();
    Rows left = new Rows(call, inputs.get(0).vertex(), size);
    Rows right = new Rows(call, inputs.get(1).vertex(), size);
    if (layer.normalize()) {
      left = left.unitLength("/left", layer.shortest());
      right = right.unitLength("/right", layer.shortest());
    }
    return left.times("/products", right).sum("").vertex();
  }
}
