package io.github.weighbridge.exporter.dl4j;

import java.util.List;

/** Layers for which DL4J knows channels first only, among arrays that have them last. */
final class ChannelsFirst {

  private ChannelsFirst() {}

  /** The layer, with the axes turned before it and turned back behind it where that is needed. */
  static String layer(LayerCall call, boolean channelsLast, Dl4jObject config) {
    if (!channelsLast) {
      return call.layer(config);
    }
    int last = call.inputShape().rank() - 1;
    int[] first = new int[last];
    int[] back = new int[last];
    for (int i = 0; i < last; i++) {
      first[i] = i == 0 ? last : i;
      back[i] = i == last - 1 ? 1 : i + 2;
    }
    String turned =
        call.network()
            .layer(
                call.name() + "/channels_first",
                config,
                List.of(),
                call.input(),
                PreProcessors.permute(first));
    return call.network().preProcessor(call.name(), PreProcessors.permute(back), turned);
  }
}
