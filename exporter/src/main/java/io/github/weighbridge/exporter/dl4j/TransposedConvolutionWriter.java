package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.TransposedConvolution;
import io.github.weighbridge.core.layer.TransposedWindow;
import io.github.weighbridge.core.layer.WindowPadding;
import io.github.weighbridge.core.tensor.WeightRef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conv1DTranspose, Conv2DTranspose and Conv3DTranspose to Deconvolution2D and 3D. Parameters: bias,
 * then the kernel as {@code [in, out, kh, kw]}; in 3-D as Keras has it.
 *
 * <p>DL4J cuts off nothing, or with Same all beyond input size times stride; what Keras cuts off
 * otherwise is cut by a cropping layer.
 */
final class TransposedConvolutionWriter implements LayerWriter<TransposedConvolution> {

  @Override
  public ChannelRule channels(TransposedConvolution layer, int rank) {
    return ChannelRule.of(layer.dataFormat(), layer.activation());
  }

  @Override
  public String write(TransposedConvolution layer, LayerCall call) {
    if (layer.padding() == WindowPadding.HALF) {
      return call.refuse(Window.NOT_HALF, layer.padding());
    }
    return layer.rank() == 1
        ? Lifted.write(call, layer.dataFormat(), lifted -> image(lift(layer), lifted))
        : image(layer, call);
  }

  private static String image(TransposedConvolution layer, LayerCall call) {
    TransposedWindow window = layer.window(call.inputs().get(0).type().shape());
    List<Integer> cuts = new ArrayList<>();
    boolean same = layer.padding() == WindowPadding.SAME;
    for (int i = 0; i < layer.rank(); i++) {
      int[] cut = window.cut(i);
      int surplus = window.extent(i) - layer.strides().get(i);
      same &= surplus >= 0 && cut[0] + cut[1] == surplus;
      cuts.add(cut[0]);
      cuts.add(cut[1]);
    }
    call.require(
        cuts.stream().allMatch(c -> c >= 0),
        "must not be larger than the full transposed convolution, which DL4J does not extend",
        "kernel_size "
            + layer.kernelSize()
            + ", strides "
            + layer.strides()
            + ", output_padding "
            + layer.outputPadding());
    boolean whole = same || cuts.stream().allMatch(c -> c == 0);
    String name = whole ? call.name() : call.name() + "/full";
    String full = full(layer, call, name, same ? WindowPadding.SAME : WindowPadding.VALID);
    return whole ? full : cropped(layer, call, full, cuts);
  }

  private static String full(
      TransposedConvolution layer, LayerCall call, String name, WindowPadding padding) {
    Activations.Mapped activation = call.activation(layer.activation());
    Window window =
        Window.of(
            layer.kernelSize(),
            layer.strides(),
            layer.dilationRate(),
            padding,
            call.format(layer.dataFormat()));
    boolean flat = layer.rank() == 2;
    Dl4jObject config =
        call.templates()
            .convolution(
                flat ? "Deconvolution2D" : "Deconvolution3D",
                activation.function(),
                call.channels(layer.dataFormat()),
                layer.filters(),
                layer.useBias(),
                window);
    if (!flat) {
      config.with("dataFormat", window.format3d());
    }
    List<WeightRef> parameters = new ArrayList<>();
    if (layer.useBias()) {
      parameters.add(call.weight("bias"));
    }
    WeightRef kernel = call.weight("kernel");
    parameters.add(flat ? kernel.transposed(3, 2, 0, 1) : kernel);
    return call.network()
        .layer(name, config, LayerCall.scaled(activation, parameters), call.input(), null);
  }

  private static String cropped(
      TransposedConvolution layer, LayerCall call, String full, List<Integer> cuts) {
    if (!call.require(layer.rank() == 2, "must cut nothing off in 3-D", cuts)) {
      return full;
    }
    Dl4jObject cropping =
        LayerTemplates.plain("convolutional.Cropping2D")
            .with("cropping", cuts)
            .with("dataFormat", Window.format2d(call.format(layer.dataFormat())));
    return call.network().layer(call.name(), cropping, List.of(), full, null);
  }

  private static TransposedConvolution lift(TransposedConvolution layer) {
    @Nullable List<Integer> outputPadding = layer.outputPadding();
    @Nullable List<Integer> outputSize = layer.outputSize();
    return new TransposedConvolution(
        layer.filters(),
        Lifted.with(1, layer.kernelSize()),
        Lifted.with(1, layer.strides()),
        layer.padding(),
        outputPadding == null ? null : Lifted.with(0, outputPadding),
        outputSize == null ? null : Lifted.with(1, outputSize),
        layer.dataFormat(),
        Lifted.with(1, layer.dilationRate()),
        layer.activation(),
        layer.useBias(),
        layer.kernelInitializer(),
        layer.biasInitializer(),
        layer.kernelRegularizer(),
        layer.biasRegularizer(),
        layer.activityRegularizer(),
        layer.kernelConstraint(),
        layer.biasConstraint());
  }
}
