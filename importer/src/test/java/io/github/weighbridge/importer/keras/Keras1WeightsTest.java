package io.github.weighbridge.importer.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.WeightSpec;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Arrays of Keras 1 that no recorded model has; the others are in {@code testdata/keras1}. */
class Keras1WeightsTest {

  private static final StoredWeights VARIANCES =
      new StoredWeights(true, true, false, false, false, true);
  private static final StoredWeights DEVIATIONS =
      new StoredWeights(true, true, false, true, false, true);

  @Test
  void deviationsBecomeTheVariancesThatNormaliseAlike() throws IOException {
    double epsilon = 0.001;
    Layer layer = layer("BatchNormalization");
    Map<String, WeightRef> stored = Map.of("moving_variance", vector(0.5f, 2f));

    Tensor variance = read(DEVIATIONS.toPlain(layer, stored).get("moving_variance"));

    // Up to 1.0.5: (x - mean) / (deviation + epsilon); since then / sqrt(variance + epsilon).
    assertThat(Math.sqrt(variance.doubles()[0] + epsilon))
        .isCloseTo(0.5 + epsilon, Offset.offset(1e-6));
    assertThat(Math.sqrt(variance.doubles()[1] + epsilon))
        .isCloseTo(2 + epsilon, Offset.offset(1e-6));
    assertThat(read(VARIANCES.toPlain(layer, stored).get("moving_variance")).doubles())
        .containsExactly(0.5, 2);
  }

  @Test
  void convolutionsOverStepsWereFlatImagesOfEitherOrder() throws IOException {
    Layer layer = layer("Convolution1D");
    // [k, 1, in, out] and [out, in, k, 1] of k = 2, in = 1, out = 3.
    WeightRef last = WeightRef.of(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 1, 1, 3));
    WeightRef first = WeightRef.of(Tensor.of(new float[] {1, 4, 2, 5, 3, 6}, 3, 1, 2, 1));
    for (WeightRef stored : List.of(last, first)) {
      Tensor kernel = read(VARIANCES.toPlain(layer, Map.of("kernel", stored)).get("kernel"));
      assertThat(kernel.sizes()).containsExactly(2, 1, 3);
      assertThat(kernel.doubles()).containsExactly(1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void gatesStoodOneByOne() throws IOException {
    List<WeightSpec> specs =
        List.of(
            WeightSpec.trainable("kernel", 4, 12),
            WeightSpec.trainable("recurrent_kernel", 3, 12),
            WeightSpec.trainable("bias", 12));

    assertThat(VARIANCES.keys(layer("LSTM"), specs))
        .startsWith("kernel_i", "recurrent_kernel_i", "bias_i", "kernel_c")
        .endsWith("bias_o")
        .hasSize(12);
    assertThat(new StoredWeights(true, false, false, false, false, true).keys(layer("LSTM"), specs))
        .containsExactly("kernel", "recurrent_kernel", "bias");
  }

  @Test
  void biasOfAHighwayStoodBeforeItsGate() throws IOException {
    List<WeightSpec> specs =
        List.of(
            WeightSpec.trainable("kernel", 4, 4),
            WeightSpec.trainable("carry_kernel", 4, 4),
            WeightSpec.trainable("bias", 4),
            WeightSpec.trainable("carry_bias", 4));

    assertThat(VARIANCES.keys(layer("Highway"), specs))
        .containsExactly("kernel", "carry_kernel", "bias", "carry_bias");
    assertThat(
            new StoredWeights(true, true, true, false, false, true).keys(layer("Highway"), specs))
        .containsExactly("kernel", "bias", "carry_kernel", "carry_bias");
  }

  /** A layer as Keras 1 configures it. */
  private static Layer layer(String className) throws IOException {
    for (Tree written : LayerConfigsTest.layers("layers_keras_1_2.json")) {
      if (written.asObject().flatMap(l -> l.text("class_name")).orElse("").equals(className)) {
        return LayerConfigsTest.read(written, KerasDialect.KERAS_1);
      }
    }
    throw new AssertionError(className);
  }

  private static WeightRef vector(float... values) {
    return WeightRef.of(Tensor.of(values, values.length));
  }

  private static Tensor read(@Nullable WeightRef weight) {
    return Objects.requireNonNull(weight).load();
  }
}
