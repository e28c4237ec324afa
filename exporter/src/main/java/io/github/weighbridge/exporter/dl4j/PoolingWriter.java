package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Pooling;
import io.github.weighbridge.core.layer.PoolingKind;
import io.github.weighbridge.core.layer.WindowPadding;
import java.util.Collections;

/** MaxPooling and AveragePooling to subsampling layers. */
final class PoolingWriter implements LayerWriter<Pooling> {

  @Override
  public ChannelRule channels(Pooling layer, int rank) {
    return ChannelRule.of(layer.dataFormat());
  }

  @Override
  public String write(Pooling layer, LayerCall call) {
    if (layer.padding() == WindowPadding.HALF) {
      return call.refuse(Window.NOT_HALF, layer.padding());
    }
    Window window =
        Window.of(
            layer.poolSize(),
            layer.strides(),
            Collections.nCopies(layer.rank(), 1),
            layer.padding(),
            call.format(layer.dataFormat()));
    Dl4jObject config =
        LayerTemplates.plain(className(layer.rank()))
            .with("convolutionMode", window.mode())
            .with("cudnnAllowFallback", true)
            .with("dilation", window.dilation())
            .with("kernelSize", window.size())
            .with("padding", window.padding())
            .with("poolingType", layer.kind() == PoolingKind.MAX ? "MAX" : "AVG")
            .with("stride", window.strides());
    if (layer.rank() == 3) {
      config.with("dataFormat", window.format3d());
    } else {
      config
          .with("avgPoolIncludePadInDivisor", false)
          .with("cnn2dDataFormat", window.format2d())
          .with("eps", 1e-8)
          .with("pnorm", 0);
    }
    return call.layer(config);
  }

  private static String className(int rank) {
    return switch (rank) {
      case 1 -> "Subsampling1DLayer";
      case 2 -> "SubsamplingLayer";
      default -> "Subsampling3DLayer";
    };
  }
}
