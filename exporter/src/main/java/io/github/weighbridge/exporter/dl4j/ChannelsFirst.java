package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.DataFormat;
import java.util.List;

/** Layers for which DL4J knows channels first only, among arrays that have them last. */
final class ChannelsFirst {

  private ChannelsFirst() {}

  /**
   * The layer, with the axes turned before it and turned back behind it where that is needed.
   *
   * @param format where the call's arrays have their channels
   */
  static String layer(LayerCall call, DataFormat format, Dl4jObject config) {
    if (format == DataFormat.CHANNELS_FIRST) {
      return call.layer(config);
    }
    int axes = call.inputShape().rank() - 1;
    String turned =
        call.network()
            .layer(
                call.name() + "/channels_first",
                config,
                List.of(),
                call.input(),
                PreProcessors.permute(ArrayLayout.toTurned(axes)));
    return call.network()
        .preProcessor(call.name(), PreProcessors.permute(ArrayLayout.fromTurned(axes)), turned);
  }
}
