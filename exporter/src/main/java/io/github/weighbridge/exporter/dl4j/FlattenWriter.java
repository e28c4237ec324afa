package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Flatten;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;

/** Flatten to a change of shape; images of channels_first are turned first, as Keras does. */
final class FlattenWriter implements LayerWriter<Flatten> {

  @Override
  public ChannelRule channels(Flatten layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(Flatten layer, LayerCall call) {
    Shape shape = call.inputShape();
    int rank = shape.rank();
    if (rank == 2) {
      return call.identity();
    }
    if (!call.require(
        rank > 2 && shape.slice(1, rank).isFixed(), "must have an input of known sizes", shape)) {
      return call.input();
    }
    if (call.format(layer.dataFormat()) == DataFormat.CHANNELS_LAST) {
      return call.preProcessed(flatten(shape, call.outputShape()));
    }
    int[] order = new int[rank - 1];
    for (int i = 0; i < rank - 2; i++) {
      order[i] = i + 2;
    }
    order[rank - 2] = 1;
    Shape turned = shape.slice(0, 1).append(shape.slice(2, rank).dims().toArray(Dim[]::new));
    turned = turned.append(shape.dim(1));
    return call.preProcessed(
        PreProcessors.chain(PreProcessors.permute(order), flatten(turned, call.outputShape())));
  }

  private static Tree.Obj flatten(Shape from, Shape to) {
    return from.rank() == 4 ? PreProcessors.flattenImage(from) : PreProcessors.reshape(from, to);
  }
}
