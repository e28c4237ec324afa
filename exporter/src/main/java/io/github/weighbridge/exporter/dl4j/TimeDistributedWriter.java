package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Flatten;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.layer.TimeDistributed;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;

/** TimeDistributed of anything that becomes a single DL4J layer. */
final class TimeDistributedWriter implements LayerWriter<TimeDistributed> {

  @Override
  public String write(TimeDistributed layer, LayerCall call) {
    LayerCall inner = call.translation().childCall(call, TimeDistributed.INNER);
    Shape shape = inner.outputShape();
    if (inner.instance().layer() instanceof Flatten
        || inner.instance().layer() instanceof Reshape) {
      return reshaped(call, inner);
    }
    NetworkBuilder apart = new NetworkBuilder();
    LayerCall alone = inner.inside(call.translation().apart(apart));
    call.translation().write(alone);
    List<Vertex> vertices = apart.vertices();
    boolean single =
        vertices.size() == 1 && vertices.get(0).isLayer() && vertices.get(0).preProcessor() == null;
    if (!call.require(
        single || call.translation().problems().hasErrors(),
        "must hold a layer that is a single layer of DL4J without a change of shape",
        inner.instance().className() + " with output " + shape)) {
      return call.input();
    }
    if (!single) {
      return call.input();
    }
    Vertex vertex = vertices.get(0);
    return call.layer(wrap(call, vertex.config()), vertex.parameters());
  }

  private static String reshaped(LayerCall call, LayerCall inner) {
    Shape from = call.inputShape();
    Shape to = call.outputShape();
    boolean plain =
        !(inner.instance().layer() instanceof Flatten flatten)
            || flatten.dataFormat() == DataFormat.CHANNELS_LAST;
    boolean known = from.slice(1, from.rank()).isFixed() && to.slice(1, to.rank()).isFixed();
    return call.require(plain && known, "must have an input of known sizes, channels last", from)
        ? call.preProcessed(PreProcessors.reshape(from, to))
        : call.input();
  }

  /** A layer on every step of a call's input. */
  static Dl4jObject wrap(LayerCall call, Tree.Obj inner) {
    return LayerTemplates.plain("recurrent.TimeDistributed")
        .with("rnnDataFormat", call.sequenceFormat())
        .with("underlying", inner);
  }
}
