package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** DL4J's preprocessors that change the shape of an array. */
final class PreProcessors {

  private static final String CORE = "org.deeplearning4j.nn.conf.preprocessor.";
  private static final String OTHERS = "org.deeplearning4j.preprocessors.";

  private PreProcessors() {}

  /** The axes behind the batch in another order; {@code order} counts them from 1. */
  static Tree.Obj permute(int... order) {
    return Dl4jObject.of(OTHERS + "PermutePreprocessor")
        .with("permutationIndices", Arrays.stream(order).boxed().toList())
        .tree();
  }

  /** The same elements, row-major, under another shape; both are given with the batch. */
  static Tree.Obj reshape(Shape from, Shape to) {
    return Dl4jObject.of(OTHERS + "ReshapePreprocessor")
        .with("hasMiniBatchDimension", false)
        .with("inputShape", sizes(from))
        .with("targetShape", sizes(to))
        .tree();
  }

  private static List<Long> sizes(Shape shape) {
    return Arrays.stream(shape.slice(1, shape.rank()).sizes()).boxed().toList();
  }

  /** A channels-last image in one axis. */
  static Tree.Obj flattenImage(Shape image) {
    return Dl4jObject.of(CORE + "CnnToFeedForwardPreProcessor")
        .with("format", "NHWC")
        .with("inputHeight", image.dim(1).size())
        .with("inputWidth", image.dim(2).size())
        .with("numChannels", image.dim(3).size())
        .tree();
  }

  /** One preprocessor after the other. */
  static Tree.Obj chain(Tree.Obj first, Tree.Obj second) {
    return Dl4jObject.of(CORE + "ComposableInputPreProcessor")
        .with("inputPreProcessors", List.of(first, second))
        .tree();
  }
}
