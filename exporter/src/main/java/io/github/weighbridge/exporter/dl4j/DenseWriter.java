package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Dense;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Dense to DenseLayer; over the steps of a sequence in a TimeDistributed, over an image as a
 * convolution of size 1.
 */
final class DenseWriter implements LayerWriter<Dense> {

  @Override
  public ChannelRule channels(Dense layer, int rank) {
    return rank > 3
        ? ChannelRule.of(DataFormat.CHANNELS_LAST, layer.activation())
        : ChannelRule.LAST;
  }

  @Override
  public String write(Dense layer, LayerCall call) {
    Activations.Mapped activation = call.activation(layer.activation());
    int rank = call.inputShape().rank();
    WeightRef kernel = call.weight("kernel");
    long in = kernel.sizes()[0];
    if (rank > 3) {
      return call.require(rank <= 5, "must have an input of rank 2 to 5", call.inputShape())
          ? convolution(layer, call, activation, in)
          : call.input();
    }
    if (!call.require(rank >= 2, "must have an input of rank 2 to 5", call.inputShape())) {
      return call.input();
    }
    List<WeightRef> parameters = new ArrayList<>();
    parameters.add(kernel.transposed(1, 0));
    if (layer.useBias()) {
      parameters.add(call.weight("bias"));
    }
    Dl4jObject dense =
        call.templates()
            .feedForward("DenseLayer", activation.function(), in, layer.units())
            .with("hasBias", layer.useBias())
            .with("hasLayerNorm", false);
    return call.layer(
        rank == 2
            ? dense
            : TimeDistributedWriter.wrap(call, dense.with("layerName", call.name()).tree()),
        LayerCall.scaled(activation, parameters));
  }

  private static String convolution(
      Dense layer, LayerCall call, Activations.Mapped activation, long in) {
    int rank = call.inputShape().rank() - 2;
    List<Integer> ones = Collections.nCopies(rank, 1);
    DataFormat format = call.format(DataFormat.CHANNELS_LAST);
    Window window = Window.of(ones, ones, ones, WindowPadding.VALID, format);
    Dl4jObject config =
        call.templates()
            .convolution(
                rank == 2 ? "ConvolutionLayer" : "Convolution3D",
                activation.function(),
                in,
                layer.units(),
                layer.useBias(),
                window);
    if (rank == 3) {
      config.with("dataFormat", window.format3d()).with("mode", "Same");
    }
    List<WeightRef> parameters = new ArrayList<>();
    if (layer.useBias()) {
      parameters.add(call.weight("bias"));
    }
    parameters.add(call.weight("kernel").transposed(1, 0));
    return call.layer(config, LayerCall.scaled(activation, parameters));
  }
}
