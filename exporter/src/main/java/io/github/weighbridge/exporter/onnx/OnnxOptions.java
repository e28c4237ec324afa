package io.github.weighbridge.exporter.onnx;

/**
 * How ONNX files are written.
 *
 * @param opset the revision of the operators, {@link #OLDEST_OPSET} to {@link #NEWEST_OPSET}
 * @param exactly whether an operation that only a later opset has is refused; otherwise the file
 *     gets the first opset that has all, and {@link OnnxExporter#write} warns of it
 */
public record OnnxOptions(int opset, boolean exactly) {

  /** The oldest opset that can be written: softmax along any axis, axes as inputs. */
  public static final int OLDEST_OPSET = 13;

  /** The newest opset that can be written. */
  public static final int NEWEST_OPSET = 23;

  /**
   * Opset 17, which has layer normalisation and loads everywhere since 2022; or a later one where
   * it is needed.
   */
  public static final OnnxOptions DEFAULTS = new OnnxOptions(17, false);

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

  /** These options with exactly this opset. */
  public OnnxOptions withOpset(int newOpset) {
    return new OnnxOptions(newOpset, true);
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
