package io.github.weighbridge.core.pass;

/** Where a target wants the channels of images. */
public enum ChannelOrder {
  /** Behind the batch, as ONNX. */
  FIRST,
  /** At the end, as ND4J is fastest. */
  LAST
}
