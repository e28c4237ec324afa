package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.layer.Activation;
import io.github.weighbridge.core.layer.DataFormat;

/** Where a writer can have the channels of a call's arrays. */
enum ChannelRule {
  /** Axes count as Keras has them. */
  AS_KERAS,
  /** The last axis of Keras has them, and may stand behind the batch in DL4J. */
  LAST,
  /** Axis 1 has them in Keras already. */
  FIRST,
  /** Anywhere, but in every input in the same place; the output has them there too. */
  ANYWHERE;

  /** The rule of a layer that says where channels are. */
  static ChannelRule of(DataFormat format) {
    return format == DataFormat.CHANNELS_FIRST ? FIRST : LAST;
  }

  /** As {@link #of(DataFormat)}; DL4J's softmax goes over the last axis, which must stay. */
  static ChannelRule of(DataFormat format, Activation activation) {
    return of(activation) == AS_KERAS ? AS_KERAS : of(format);
  }

  /** The rule of a function. */
  static ChannelRule of(Activation activation) {
    return activation.name().equals("softmax") ? AS_KERAS : ANYWHERE;
  }
}
