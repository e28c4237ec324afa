package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Augmentation;

/** Augmentations to nothing: DL4J changes no images in training. */
final class AugmentationWriter implements LayerWriter<Augmentation> {

  @Override
  public ChannelRule channels(Augmentation layer, int rank) {
    return ChannelRule.ANYWHERE;
  }

  @Override
  public String write(Augmentation layer, LayerCall call) {
    call.drops("changes images in training, which DL4J does not", layer.kind());
    return call.identity();
  }
}
