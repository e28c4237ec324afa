package io.github.weighbridge.formats.dl4j.dialect;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.dl4j.Dl4jAge;
import java.util.Set;

/** What the same words meant otherwise in earlier versions, as values that say so. */
final class EarlyMeanings {

  private static final String DIVISOR = "avgPoolIncludePadInDivisor";

  /** Of layers since beta7; every network has one of them. */
  private static final Set<String> FORMATS =
      Set.of(
          "cnn2DFormat",
          "cnn2dDataFormat",
          "outputFormat",
          "rnnDataFormat",
          "timeDistributedFormat");

  private final Dl4jAge age;
  private final boolean isBeta3;
  private final boolean isBeforeBeta7;

  EarlyMeanings(Tree.Obj configuration, Dl4jAge age) {
    this.age = age;
    this.isBeta3 = age == Dl4jAge.BETA_2_OR_3 && configuration.has("legacyBatchScaledL2");
    this.isBeforeBeta7 =
        age.compareTo(Dl4jAge.BETA_4_TO_M1) < 0
            || (age == Dl4jAge.BETA_4_TO_M1 && !hasFormats(configuration));
  }

  /** A layer that says what it means. */
  Tree.Obj explicit(Tree.Obj layer) {
    String name = layer.text(WrappedTypes.CLASS).orElse("");
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "BatchNormalization" ->
          // From 0.6.0 to 1.0.0-beta nothing is added to the variance in predictions.
          age == Dl4jAge.UP_TO_BETA ? layer.with("eps", Tree.of(0.0)) : layer;
      case "SubsamplingLayer", "Subsampling1DLayer" ->
          // beta4 no longer counts what is around the image, and does not say so.
          layer.withDefault(DIVISOR, Tree.of(age.compareTo(Dl4jAge.BETA_4_TO_M1) < 0));
      case "DepthwiseConvolution2D" ->
          layer.with(Dl4jDialect.MULTIPLIER_FIRST, Tree.of(isMultiplierFirst()));
      case "Convolution1DLayer" ->
          layer.with(Dl4jDialect.STEPS_FIRST, Tree.of(age == Dl4jAge.FROM_M2 || isOfM1(layer)));
      case "LocallyConnected1D" ->
          layer.with(Dl4jDialect.BIAS_IN_TURN, Tree.of(!layer.has("paramWeightInit")));
      case "CapsuleLayer" -> layer.with(Dl4jDialect.ROUTES_BY_AGREEMENT, Tree.of(!isBeforeBeta7));
      default -> layer;
    };
  }

  private static boolean hasFormats(Tree tree) {
    return tree instanceof Tree.Obj object
        ? object.members().entrySet().stream()
            .anyMatch(member -> FORMATS.contains(member.getKey()) || hasFormats(member.getValue()))
        : tree.items().stream().anyMatch(EarlyMeanings::hasFormats);
  }

  private boolean isMultiplierFirst() {
    return age == Dl4jAge.UP_TO_BETA || (age == Dl4jAge.BETA_2_OR_3 && !isBeta3);
  }

  /**
   * Whether a convolution of one axis is of 1.0.0-M1.1 and not of beta7 or earlier: M1.1 keeps the
   * second format like the first. Where both are DL4J's default the file cannot tell.
   */
  private static boolean isOfM1(Tree.Obj layer) {
    return layer.text("rnnDataFormat").orElse("").equals("NWC")
        && layer.text("cnn2dDataFormat").orElse("").equals("NHWC");
  }
}
