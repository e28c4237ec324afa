package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Masking;

/** Masking by zero changes no number; what the mask does behind it is {@link Masks}' matter. */
final class MaskingWriter implements LayerWriter<Masking> {

  @Override
  public ChannelRule channels(Masking layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(Masking layer, LayerCall call) {
    call.require(
        layer.maskValue() == 0,
        "must mask by zero, DL4J has no layer that clears the steps of another value",
        layer.maskValue());
    return call.identity();
  }
}
