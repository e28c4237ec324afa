package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.lowering.CustomLayers;
import io.github.weighbridge.formats.keras.dialect.ImageDimOrdering;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * How Keras files are read.
 *
 * @param allowedKeys configuration keys that are let through though nobody here knows what they
 *     mean
 * @param customLayers the layers that are known besides Keras's own
 * @param imageDimOrdering where the channels of images stand in models of Keras 1 that do not say
 *     it in any of their layers
 * @param theanoKernels whether kernels of convolutions are Theano's
 * @param byName whether weights of a file of their own go to the layers of their names only; layers
 *     that the file lacks keep the weights that stand in the model's own file
 * @param skipMismatch whether weights of a file of their own that have another shape are left out;
 *     those of the model's own file stay
 */
public record KerasImportOptions(
    Set<String> allowedKeys,
    CustomLayers customLayers,
    ImageDimOrdering imageDimOrdering,
    TheanoKernels theanoKernels,
    boolean byName,
    boolean skipMismatch) {

  /**
   * Whether the kernels of convolutions in a file are Theano's, which turns them round before it
   * multiplies; files of weights do not always say which backend wrote them.
   */
  public enum TheanoKernels {
    /** As the file says, or as the names of its weights suggest: TensorFlow's end in ":0". */
    AUTO,
    /** They are, whatever the file says. */
    YES,
    /** They are not, whatever the file says. */
    NO
  }

  /**
   * Every key must be known; no custom layers; channels last; the file says its backend; weights
   * must fit.
   */
  public static final KerasImportOptions DEFAULTS =
      new KerasImportOptions(
          Set.of(), CustomLayers.NONE, ImageDimOrdering.TF, TheanoKernels.AUTO, false, false);

  /** Copies the keys. */
  public KerasImportOptions {
    allowedKeys = Collections.unmodifiableSet(new TreeSet<>(allowedKeys));
  }

  /** These options with other allowed keys. */
  public KerasImportOptions withAllowedKeys(Set<String> keys) {
    return new KerasImportOptions(
        keys, customLayers, imageDimOrdering, theanoKernels, byName, skipMismatch);
  }

  /** These options with other custom layers. */
  public KerasImportOptions withCustomLayers(CustomLayers layers) {
    return new KerasImportOptions(
        allowedKeys, layers, imageDimOrdering, theanoKernels, byName, skipMismatch);
  }

  /** These options with another order of axes where models of Keras 1 tell none. */
  public KerasImportOptions withImageDimOrdering(ImageDimOrdering ordering) {
    return new KerasImportOptions(
        allowedKeys, customLayers, ordering, theanoKernels, byName, skipMismatch);
  }

  /** These options with another answer to whose kernels they are. */
  public KerasImportOptions withTheanoKernels(TheanoKernels kernels) {
    return new KerasImportOptions(
        allowedKeys, customLayers, imageDimOrdering, kernels, byName, skipMismatch);
  }

  /** These options with weights matched by the names of their layers, or not. */
  public KerasImportOptions withByName(boolean names) {
    return new KerasImportOptions(
        allowedKeys, customLayers, imageDimOrdering, theanoKernels, names, skipMismatch);
  }

  /** These options with weights of another shape left out, or not. */
  public KerasImportOptions withSkipMismatch(boolean skips) {
    return new KerasImportOptions(
        allowedKeys, customLayers, imageDimOrdering, theanoKernels, byName, skips);
  }
}
