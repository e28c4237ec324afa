package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Merge;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Add, Subtract, Multiply, Average, Maximum and Minimum to ElementWiseVertex. */
final class MergeWriter implements LayerWriter<Merge> {

  @Override
  public ChannelRule channels(Merge layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(Merge layer, LayerCall call) {
    int rank = call.outputShape().rank();
    if (!call.require(
        !layer.leavesMaskedStepsOut() || call.inputs().stream().noneMatch(Edge::masked),
        "must not leave masked steps out, which DL4J's vertices take as they are",
        "a masked input")) {
      return call.input();
    }
    List<Edge> wide = new ArrayList<>();
    for (Edge input : call.inputs()) {
      wide.add(input.type().rank() == rank ? input : widened(input, rank, call));
    }
    return write(layer.kind(), call, wide);
  }

  /** An input of lower rank, with axes of size 1 behind the batch as Keras gives it. */
  private static Edge widened(Edge input, int rank, LayerCall call) {
    Shape from = input.type().shape();
    List<Dim> dims = new ArrayList<>(from.dims());
    while (dims.size() < rank) {
      dims.add(Math.min(1, dims.size()), Dim.of(1));
    }
    Shape to = new Shape(dims);
    if (!call.require(
        from.rank() > 0 && from.slice(1, from.rank()).isFixed(),
        "must have inputs of one rank, or of known sizes",
        from)) {
      return input;
    }
    String vertex =
        call.network()
            .preProcessor(
                call.name() + "/widened", PreProcessors.reshape(from, to), input.vertex());
    return new Edge(vertex, input.type().withShape(to), input.masked(), input.layout());
  }

  static String write(Merge.Kind kind, LayerCall call, List<Edge> inputs) {
    int rank = call.outputShape().rank();
    if (!call.require(
        inputs.stream().allMatch(i -> i.type().rank() == rank),
        "must have inputs of one rank",
        inputs.stream().map(i -> i.type().shape()).toList())) {
      return call.input();
    }
    List<String> names = inputs.stream().map(Edge::vertex).toList();
    return switch (kind) {
      case ADD -> elementWise(call, "Add", names);
      case SUBTRACT -> elementWise(call, "Subtract", names);
      case MULTIPLY -> elementWise(call, "Product", names);
      case AVERAGE -> elementWise(call, "Average", names);
      case MAXIMUM -> elementWise(call, "Max", names);
      case MINIMUM -> minimum(call, names);
    };
  }

  private static String elementWise(LayerCall call, String op, List<String> names) {
    return call.network().vertex(call.name(), Vertices.elementWise(op), names);
  }

  /** The least is the greatest of the opposites, turned back; that changes no bit. */
  private static String minimum(LayerCall call, List<String> names) {
    NetworkBuilder network = call.network();
    List<String> opposites = new ArrayList<>();
    for (String name : names) {
      opposites.add(network.vertex(call.name() + "/opposite", Vertices.scale(-1), List.of(name)));
    }
    String greatest =
        network.vertex(call.name() + "/greatest", Vertices.elementWise("Max"), opposites);
    return network.vertex(call.name(), Vertices.scale(-1), List.of(greatest));
  }
}
