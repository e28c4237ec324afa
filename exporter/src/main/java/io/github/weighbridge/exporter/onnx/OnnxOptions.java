package io.github.weighbridge.exporter.onnx;

/**
 * How ONNX files are written.
 *
 * @param opset the revision of the operators, {@link #OLDEST_OPSET} to {@link #NEWEST_OPSET}
 */
public record OnnxOptions(int opset) {

  /** The oldest opset that can be written: softmax along any axis, axes as inputs. */
  public static final int OLDEST_OPSET = 13;

  /** The newest opset that can be written. */
  public static final int NEWEST_OPSET = 23;

  /** Opset 17, which has layer normalisation and loads everywhere since 2022. */
  public static final OnnxOptions DEFAULTS = new OnnxOptions(17);

  /** Refuses opsets that are not written. */
  public OnnxOptions {
    if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
      throw new IllegalArgumentException(
          "opset must be "
              + OLDEST_OPSET
              + " to "
              + NEWEST_OPSET
              + ", got "
              + opset
              + "; leave it out for "
              + 17);
    }
  }

  /** These options with another opset. */
  public OnnxOptions withOpset(int newOpset) {
    return new OnnxOptions(newOpset);
  }

  /** The revision of the file's messages that was current with the opset. */
  int irVersion() {
    if (opset <= 14) {
      return 7;
    }
    if (opset <= 18) {
      return 8;
    }
    return opset <= 20 ? 9 : opset <= 22 ? 10 : 11;
  }
}
