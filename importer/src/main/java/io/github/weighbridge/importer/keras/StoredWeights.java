package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.layer.Highway;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.KerasFile;
import io.github.weighbridge.formats.keras.KerasGeneration;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.NamedWeight;
import io.github.weighbridge.importer.keras.KerasImportOptions.TheanoKernels;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the arrays of a file with weights by layer name differ from the weights of the layers: what
 * Keras 1, cuDNN and Theano kept otherwise.
 *
 * @param keras1 Keras 1's arrays
 * @param perGate whether Keras 1 had arrays for each gate of a recurrent layer ({@code
 *     consume_less} other than {@code gpu})
 * @param biasBeforeCarry whether a Highway's bias stands before its gate's kernel (up to 1.1)
 * @param deviations whether {@code running_std} of Keras 1 is a standard deviation (up to 1.0.5)
 * @param theano whether kernels of convolutions are turned round
 * @param trainedFirst whether {@code get_weights()} gives a nested model's trained weights before
 *     the others, as Keras did up to 2.3, or layer by layer, as tf.keras and Keras 3 do
 */
record StoredWeights(
    boolean keras1,
    boolean perGate,
    boolean biasBeforeCarry,
    boolean deviations,
    boolean theano,
    boolean trainedFirst) {

  /** What a file's version, backend and names tell. */
  static StoredWeights of(KerasFile file, TheanoKernels kernels) {
    List<String> names =
        file.weights().stream()
            .flatMap(StoredWeights::layers)
            .flatMap(layer -> layer.weights().stream())
            .map(NamedWeight::name)
            .toList();
    // Only since Keras 2 do names have the layer's before a slash.
    boolean keras1 =
        !names.isEmpty()
            && names.stream().noneMatch(name -> name.contains("/"))
            && file.generation().filter(g -> g == KerasGeneration.KERAS_3).isEmpty();
    // Names of weights from before Keras 1 are numbers; these layers had no fused arrays yet.
    boolean perGate = names.stream().anyMatch(name -> name.matches(".*_W_[iz](:0)?|param_0"));
    boolean biasBeforeCarry =
        names.stream().anyMatch("param_0"::equals)
            || IntStream.range(1, names.size())
                .anyMatch(
                    i ->
                        names.get(i).matches(".*_W_carry(:0)?")
                            && names.get(i - 1).matches(".*_b(:0)?"));
    boolean deviations =
        file.kerasVersion().filter(version -> version.matches("1\\.0(\\.[0-5])?")).isPresent();
    boolean theano =
        switch (kernels) {
          case YES -> true;
          case NO -> false;
          case AUTO ->
              file.backend()
                  .map("theano"::equals)
                  .orElse(keras1 && names.stream().noneMatch(name -> name.endsWith(":0")));
        };
    boolean trainedFirst =
        file.kerasVersion()
            .filter(version -> version.matches("(1\\.|2\\.[0-3]\\.)[0-9.]*"))
            .isPresent();
    return new StoredWeights(keras1, perGate, biasBeforeCarry, deviations, theano, trainedFirst);
  }

  private static Stream<KerasWeights.Layer> layers(KerasWeights weights) {
    return weights instanceof KerasWeights.ByLayer byLayer
        ? byLayer.layers().stream()
        : Stream.of();
  }

  /** The arrays that stand in the file for a layer's weights, in the file's order. */
  List<String> keys(Layer layer, List<WeightSpec> specs) {
    if (keras1 && perGate && Keras1Weights.hasGates(layer)) {
      return Keras1Weights.keysByGate(layer);
    }
    return keras1 && biasBeforeCarry && layer instanceof Highway highway && highway.useBias()
        ? List.of("kernel", "bias", "carry_kernel", "carry_bias")
        : specs.stream().map(WeightSpec::name).toList();
  }

  /** A layer's weights from the arrays that stand for them, by {@link #keys}. */
  Map<String, WeightRef> toPlain(Layer layer, Map<String, WeightRef> stored) {
    Map<String, WeightRef> plain =
        keras1 ? new Keras1Weights(deviations).toPlain(layer, stored) : stored;
    plain = CudnnWeights.toPlain(layer, plain);
    return theano ? TheanoWeights.toPlain(layer, plain) : plain;
  }
}
