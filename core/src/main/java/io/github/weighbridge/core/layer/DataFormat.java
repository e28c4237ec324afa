package io.github.weighbridge.core.layer;

/** Where the channels of an image stand. */
public enum DataFormat {
  CHANNELS_LAST,
  CHANNELS_FIRST;

  /** The axis of the channels in an image of this rank. */
  public int channelAxis(int rank) {
    return this == CHANNELS_FIRST ? 1 : rank - 1;
  }
}
