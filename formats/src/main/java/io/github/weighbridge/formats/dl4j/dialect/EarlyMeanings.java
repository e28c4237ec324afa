package io.github.weighbridge.formats.dl4j.dialect;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.dl4j.Dl4jAge;
import java.util.Set;
import java.util.function.BiPredicate;

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

  /** Since M1.1, where there is something that has them. */
  private static final Set<String> OF_M1 = Set.of("mergeAxis", "modified", "paddingBr");

  private final Dl4jAge age;
  private final boolean isBeta3;
  private final boolean isBeforeBeta7;
  private final boolean isM1;
  private final UncertainMeanings uncertain;

  EarlyMeanings(Tree.Obj configuration, Dl4jAge age) {
    this.age = age;
    this.isBeta3 = age == Dl4jAge.BETA_2_OR_3 && configuration.has("legacyBatchScaledL2");
    this.isBeforeBeta7 =
        age.compareTo(Dl4jAge.BETA_4_TO_M1) < 0
            || (age == Dl4jAge.BETA_4_TO_M1
                && !has(configuration, (key, own) -> FORMATS.contains(key)));
    this.isM1 = age == Dl4jAge.BETA_4_TO_M1 && has(configuration, EarlyMeanings::isOfM1);
    this.uncertain = new UncertainMeanings(age, isBeforeBeta7, isM1);
  }

  /** A layer that says what it means. */
  Tree.Obj explicit(Tree.Obj layer) {
    String name = layer.text(WrappedTypes.CLASS).orElse("");
    String simpleName = name.substring(name.lastIndexOf('.') + 1);
    Tree.Obj stated = explicit(simpleName, layer);
    return uncertain
        .of(simpleName, stated)
        .map(doubt -> stated.with(Dl4jDialect.DOUBT, Tree.of(doubt)))
        .orElse(stated);
  }

  private Tree.Obj explicit(String simpleName, Tree.Obj layer) {
    return switch (simpleName) {
      case "ActivationLayer", "ConvolutionLayer", "RnnLossLayer" ->
          layer.with(Dl4jDialect.SOFTMAX_OF_MATRICES, Tree.of(isUpToBeta2()));
      case "BatchNormalization" ->
          // From 0.6.0 to 1.0.0-beta nothing is added to the variance in predictions.
          age == Dl4jAge.UP_TO_BETA ? layer.with("eps", Tree.of(0.0)) : layer;
      case "SubsamplingLayer", "Subsampling1DLayer" ->
          // beta4 no longer counts what is around the image, and does not say so.
          layer.withDefault(DIVISOR, Tree.of(age.compareTo(Dl4jAge.BETA_4_TO_M1) < 0));
      case "DepthwiseConvolution2D" ->
          layer.with(Dl4jDialect.MULTIPLIER_FIRST, Tree.of(isUpToBeta2()));
      case "Convolution1DLayer" ->
          layer.with(Dl4jDialect.STEPS_FIRST, Tree.of(age == Dl4jAge.FROM_M2 || isOfM1(layer)));
      case "LocallyConnected1D" ->
          layer.with(Dl4jDialect.BIAS_IN_TURN, Tree.of(!layer.has("paramWeightInit")));
      case "CapsuleLayer" -> layer.with(Dl4jDialect.ROUTES_BY_AGREEMENT, Tree.of(!isBeforeBeta7));
      case "PReLULayer" -> layer.with(Dl4jDialect.ALPHA_TURNED_AGAIN, Tree.of(isBeta3));
      case "SimpleRnn" -> layer.with(Dl4jDialect.MASK_CLEARS_STATE, Tree.of(!isBeforeBeta7));
      case "LastTimeStep" ->
          // From beta4 to beta6 it takes one that is masked.
          layer.with(
              Dl4jDialect.FINDS_LAST_STEP, Tree.of(!isBeforeBeta7 || age != Dl4jAge.BETA_4_TO_M1));
      default -> layer;
    };
  }

  /** Whether some property of a configuration, however deep, fulfils a condition. */
  private static boolean has(Tree tree, BiPredicate<String, Tree> condition) {
    return tree instanceof Tree.Obj object
        ? object.members().entrySet().stream()
            .anyMatch(
                member ->
                    condition.test(member.getKey(), member.getValue())
                        || has(member.getValue(), condition))
        : tree.items().stream().anyMatch(element -> has(element, condition));
  }

  /** beta7 writes its default format, where M1.1 writes null if it was told no input type. */
  private static boolean isOfM1(String key, Tree value) {
    return OF_M1.contains(key) || (key.equals("rnnDataFormat") && value.isNull());
  }

  private boolean isUpToBeta2() {
    return age == Dl4jAge.UP_TO_BETA || (age == Dl4jAge.BETA_2_OR_3 && !isBeta3);
  }

  /**
   * Whether a convolution of one axis is of 1.0.0-M1.1 and not of beta7 or earlier: M1.1 keeps the
   * second format like the first. Where both are DL4J's default and nothing else of the file is
   * M1.1's, the file cannot tell.
   */
  private boolean isOfM1(Tree.Obj layer) {
    return isM1
        || (layer.text("rnnDataFormat").orElse("").equals("NWC")
            && layer.text("cnn2dDataFormat").orElse("").equals("NHWC"));
  }
}
