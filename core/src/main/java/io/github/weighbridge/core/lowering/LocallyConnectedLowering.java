package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.LocalWindows;
import io.github.weighbridge.core.layer.LocallyConnected;
import io.github.weighbridge.core.op.BinaryFunction;
import io.github.weighbridge.core.op.DimSource;
import io.github.weighbridge.core.op.Gather;
import io.github.weighbridge.core.op.MatMul;
import io.github.weighbridge.core.op.Reshape;
import io.github.weighbridge.core.op.Transpose;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;

/** {@code Gather} of the windows, a {@code MatMul} for every place, then bias and activation. */
final class LocallyConnectedLowering implements Lowering<LocallyConnected> {

  @Override
  public Lowered lower(LocallyConnected layer, LoweringContext context) {
    Value x = context.input();
    Shape image = x.type().shape();
    boolean first = layer.dataFormat() == DataFormat.CHANNELS_FIRST;
    int channels =
        Math.toIntExact(context.knownSize(x, layer.dataFormat().channelAxis(image.rank())));
    LocalWindows windows = new LocalWindows(layer, image, channels);
    Value kernel = context.weight("kernel", windows::kernel);
    Value patches = patches(context, first ? channelsLast(context, x) : x, windows, channels);
    Value products = context.add("products", new MatMul(), patches, kernel);
    List<Integer> batchFirst = first ? List.of(1, 2, 0) : List.of(1, 0, 2);
    Value y = context.add("batch_first", new Transpose(batchFirst), products);
    y = context.add("image", new Reshape(outputDims(layer, image, first)), y);
    if (layer.useBias()) {
      y = context.binary(BinaryFunction.ADD, y, bias(layer, context, image, first));
    }
    return Lowered.of(Activations.apply(context, layer.activation(), y));
  }

  private static Value channelsLast(LoweringContext context, Value x) {
    List<Integer> perm = new ArrayList<>();
    perm.add(0);
    for (int axis = 2; axis < x.type().rank(); axis++) {
      perm.add(axis);
    }
    perm.add(1);
    return context.add("channels_last", new Transpose(perm), x);
  }

  /** {@code [places, batch, window channels]}. */
  private static Value patches(
      LoweringContext context, Value x, LocalWindows windows, int channels) {
    DimSource batch = DimSource.of(x.type().shape().dim(0), 0, 0);
    DimSource depth = new DimSource.Fixed(channels);
    Reshape flat = new Reshape(List.of(batch, new DimSource.Fixed(windows.imageSize()), depth));
    Value elements = x.type().rank() == 3 ? x : context.add("elements", flat, x);
    Tensor places = Tensor.of(windows.indices(), windows.places(), windows.size());
    Value gathered =
        context.add(
            "windows",
            new Gather(1, 0),
            elements,
            context.constant("places", WeightRef.of(places)));
    Value byPlace = context.add("by_place", new Transpose(List.of(1, 0, 2, 3)), gathered);
    Reshape rows =
        new Reshape(
            List.of(
                new DimSource.Fixed(windows.places()),
                DimSource.of(x.type().shape().dim(0), 0, 1),
                new DimSource.Fixed((long) windows.size() * channels)));
    return context.add("patches", rows, byPlace);
  }

  private static List<DimSource> outputDims(LocallyConnected layer, Shape image, boolean first) {
    List<DimSource> dims = new ArrayList<>();
    dims.add(DimSource.of(image.dim(0), 0, 0));
    layer.places(image).forEach(n -> dims.add(new DimSource.Fixed(n)));
    dims.add(first ? 1 : dims.size(), new DimSource.Fixed(layer.filters()));
    return dims;
  }

  /** For channels first Keras reshapes the bias and does not transpose it. */
  private static Value bias(
      LocallyConnected layer, LoweringContext context, Shape image, boolean first) {
    List<Long> sizes = new ArrayList<>();
    layer.places(image).forEach(n -> sizes.add((long) n));
    sizes.add(first ? 0 : sizes.size(), (long) layer.filters());
    return context.weight("bias", sizes.stream().mapToLong(n -> n).toArray());
  }
}
