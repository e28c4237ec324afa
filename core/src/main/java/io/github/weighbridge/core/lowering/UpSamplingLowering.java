package io.github.weighbridge.core.lowering;

import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.UpSampling;
import io.github.weighbridge.core.op.Resize;

/** {@code Resize} by whole factors. */
final class UpSamplingLowering implements Lowering<UpSampling> {

  @Override
  public Lowered lower(UpSampling layer, LoweringContext context) {
    Value x = context.input();
    Resize.Method method =
        switch (layer.interpolation()) {
          case "nearest" -> Resize.Method.NEAREST;
          case "bilinear" -> Resize.Method.LINEAR;
          case "bicubic" -> Resize.Method.CUBIC;
          default ->
              throw context.unsupported(
                  "interpolation must be 'nearest', 'bilinear' or 'bicubic'",
                  "'" + layer.interpolation() + "'");
        };
    Resize resize =
        new Resize(method, layer.size(), layer.dataFormat().channelAxis(x.type().rank()));
    return Lowered.of(context.add("resize", resize, x));
  }
}
