package io.github.weighbridge.formats.dl4j.dialect;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.formats.dl4j.Dl4jAge;
import java.util.List;
import java.util.Optional;

/**
 * What versions computed otherwise whose files look the same, or what depended on the machine: as
 * measured by running them.
 *
 * @param age of the file
 * @param isBeforeBeta7 whether it is of 1.0.0-beta6 or earlier
 * @param isM1 whether it is of 1.0.0-M1.1
 */
record UncertainMeanings(Dl4jAge age, boolean isBeforeBeta7, boolean isM1) {

  /** How a layer is read and what may have been, if there is a doubt. */
  Optional<String> of(String layerClass, Tree.Obj layer) {
    boolean isOfBeta4To6 = age == Dl4jAge.BETA_4_TO_M1 && isBeforeBeta7;
    String doubt =
        switch (layerClass) {
          case "Convolution1DLayer" ->
              age == Dl4jAge.BETA_4_TO_M1
                      && layer.text("rnnDataFormat").orElse("").equals("NCW")
                      && !layer.get(Dl4jDialect.STEPS_FIRST).flatMap(Tree::asBoolean).orElse(false)
                  ? "is read as 1.0.0-beta7 has it; M1.1 takes the kernel in another order"
                  : "";
          case "ConvolutionLayer" ->
              isOfBeta4To6 && exceedsOne(layer, "dilation")
                  ? "is read with its dilation, which 1.0.0-beta4 and beta5 left out where oneDNN"
                      + " computed"
                  : "";
          case "SubsamplingLayer" ->
              age == Dl4jAge.BETA_4_TO_M1 && !isM1 && exceedsOne(layer, "dilation")
                  ? "is read with its dilation, which 1.0.0-beta4 to beta7 left out where oneDNN"
                      + " computed"
                  : "";
          case "Deconvolution2D" ->
              (isOfBeta4To6 || age == Dl4jAge.BETA_2_OR_3)
                      && layer.text("convolutionMode").orElse("").equals("Same")
                      && exceedsOne(layer, "stride")
                  ? "is cut as 1.0.0-beta6 and later cut it; beta3 to beta5 cut it further behind"
                  : "";
          default -> "";
        };
    return Optional.of(doubt).filter(text -> !text.isEmpty());
  }

  private static boolean exceedsOne(Tree.Obj layer, String key) {
    List<Tree> numbers = layer.get(key).map(Tree::items).orElse(List.of());
    return numbers.stream().anyMatch(number -> number.asDouble().orElse(1.0) > 1);
  }
}
