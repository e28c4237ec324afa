package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.tensor.Dim;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.TensorType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Convolutions that DL4J has in 2-D only, of sequences: as images of one row. */
final class Lifted {

  private Lifted() {}

  /** Writes a call on images; {@code writer} gets it with the lifted input and kernels. */
  static String write(LayerCall call, DataFormat format, Function<LayerCall, String> writer) {
    Edge edge = call.inputs().get(0);
    Shape in = edge.type().shape();
    Shape out = call.outputTypes().get(0).shape();
    ArrayLayout layout = call.layout();
    if (!call.require(
        in.slice(1, in.rank()).isFixed(),
        "must be 2-D or have an input of known sizes, DL4J has no such layer in 1-D",
        in)) {
      return call.input();
    }
    Shape imageIn = withRow(in, format);
    Shape imageOut = withRow(out, format);
    Map<String, WeightRef> weights = new LinkedHashMap<>();
    call.instance()
        .weights()
        .forEach((name, w) -> weights.put(name, name.endsWith("kernel") ? withRow(w) : w));
    String image =
        call.network()
            .preProcessor(
                call.name() + "/image",
                PreProcessors.reshape(layout.shape(in), layout.shape(imageIn)),
                call.input());
    TensorType imageType = edge.type().withShape(imageIn);
    LayerCall lifted =
        new LayerCall(
            call.model(),
            call.instance().withWeights(weights),
            call.name() + "/convolved",
            call.arguments(),
            List.of(new Edge(image, imageType, edge.masked(), layout)),
            List.of(call.outputTypes().get(0).withShape(imageOut)),
            layout,
            call.translation());
    String convolved = writer.apply(lifted);
    return call.network()
        .preProcessor(
            call.name(),
            PreProcessors.reshape(layout.shape(imageOut), layout.shape(out)),
            convolved);
  }

  /** A list of a single axis, for two. */
  static List<Integer> with(int first, List<Integer> axes) {
    List<Integer> both = new ArrayList<>();
    both.add(first);
    both.addAll(axes);
    return both;
  }

  private static Shape withRow(Shape sequence, DataFormat format) {
    List<Dim> dims = new ArrayList<>(sequence.dims());
    dims.add(format == DataFormat.CHANNELS_LAST ? 1 : 2, Dim.of(1));
    return new Shape(dims);
  }

  private static WeightRef withRow(WeightRef kernel) {
    long[] sizes = kernel.sizes();
    long[] lifted = new long[sizes.length + 1];
    Arrays.fill(lifted, 1);
    System.arraycopy(sizes, 0, lifted, 1, sizes.length);
    return kernel.reshaped(lifted);
  }
}
