package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Convolution;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Conv1D, Conv2D and Conv3D. Parameters: bias, then the kernel as {@code [out, in, k...]}; in 1-D
 * as Keras has it, because DL4J reads its bytes so.
 */
final class ConvolutionWriter implements LayerWriter<Convolution> {

  @Override
  public ChannelRule channels(Convolution layer, int rank) {
    return ChannelRule.of(layer.dataFormat(), layer.activation());
  }

  @Override
  public String write(Convolution layer, LayerCall call) {
    if (layer.padding() == WindowPadding.HALF) {
      return call.refuse(Window.NOT_HALF, layer.padding());
    }
    call.require(layer.groups() == 1, "must have one group", layer.groups());
    call.require(
        layer.padding() != WindowPadding.CAUSAL || layer.rank() == 1,
        "must not have causal padding beyond 1-D",
        layer.padding());
    if (layer.rank() != 2) {
      call.warnOfDilation(layer.dilationRate());
    }
    if (layer.rank() == 1 && call.format(layer.dataFormat()) == DataFormat.CHANNELS_LAST) {
      call.warnOfTraining(
          "fails in training: DL4J's gradient takes features before steps only",
          "[batch, steps, features]",
          "write it with --dl4j-layout classic");
    }
    Activations.Mapped activation = call.activation(layer.activation());
    Window window =
        Window.of(
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            layer.padding(),
            call.format(layer.dataFormat()));
    Dl4jObject config =
        call.templates()
            .convolution(
                className(layer.rank()),
                activation.function(),
                call.channels(layer.dataFormat()),
                layer.filters(),
                layer.useBias(),
                window);
    switch (layer.rank()) {
      case 1 -> config.with("rnnDataFormat", window.format1d());
      // "mode" is a second property that DL4J writes and never reads.
      case 3 -> config.with("dataFormat", window.format3d()).with("mode", window.mode());
      default -> {}
    }
    return call.layer(config, LayerCall.scaled(activation, parameters(layer, call)));
  }

  private static List<WeightRef> parameters(Convolution layer, LayerCall call) {
    WeightRef kernel = call.weight("kernel");
    List<WeightRef> parameters = new ArrayList<>();
    if (layer.useBias()) {
      parameters.add(call.weight("bias"));
    }
    parameters.add(
        switch (layer.rank()) {
          case 1 -> kernel;
          case 2 -> kernel.transposed(3, 2, 0, 1);
          default -> kernel.transposed(4, 3, 0, 1, 2);
        });
    return parameters;
  }

  private static String className(int rank) {
    return switch (rank) {
      case 1 -> "Convolution1DLayer";
      case 2 -> "ConvolutionLayer";
      default -> "Convolution3D";
    };
  }
}
