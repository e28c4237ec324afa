package io.github.weighbridge.exporter.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** DL4J's preprocessors that change the shape of an array. */
final class PreProcessors {

  private static final String CORE = "org.deeplearning4j.nn.conf.preprocessor.";
  private static final String OTHERS = "org.deeplearning4j.preprocessors.";

  private PreProcessors() {}

  /**
   * The axes behind the batch in another order; {@code order} counts them from 1.
   *
   * <p>DL4J orders the gradient by {@code order} once more, which is right only where that undoes
   * itself; any other order is one that does behind another that does.
   */
  static Tree.Obj permute(int... order) {
    int[] first = new int[order.length];
    int[] second = new int[order.length];
    for (List<Integer> cycle : cycles(order)) {
      int length = cycle.size();
      for (int i = 0; i < length; i++) {
        first[cycle.get(i) - 1] = cycle.get((length + 1 - i) % length);
        second[cycle.get(i) - 1] = cycle.get((length - i) % length);
      }
    }
    boolean undoesItself = cycles(order).stream().allMatch(cycle -> cycle.size() <= 2);
    return undoesItself ? plainPermute(order) : chain(plainPermute(first), plainPermute(second));
  }

  /** The axes that take each other's place, in turn. */
  private static List<List<Integer>> cycles(int... order) {
    List<List<Integer>> cycles = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int axis : order) {
      List<Integer> cycle = new ArrayList<>();
      for (int next = axis; seen.add(next); next = order[next - 1]) {
        cycle.add(next);
      }
      cycles.add(cycle);
    }
    return cycles;
  }

  private static Tree.Obj plainPermute(int... order) {
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

  /** The steps of sequences as vectors; DL4J names the order of axes. */
  static Tree.Obj rows(String format) {
    return Dl4jObject.of(CORE + "RnnToFeedForwardPreProcessor")
        .with("rnnDataFormat", format)
        .tree();
  }

  /** Vectors that were steps, as sequences again. */
  static Tree.Obj steps(String format) {
    return Dl4jObject.of(CORE + "FeedForwardToRnnPreProcessor")
        .with("rnnDataFormat", format)
        .tree();
  }

  /** One preprocessor after the other. */
  static Tree.Obj chain(Tree.Obj first, Tree.Obj second) {
    return chain(List.of(first, second));
  }

  /** One preprocessor after the other; at least one. */
  static Tree.Obj chain(List<Tree.Obj> parts) {
    return parts.size() == 1
        ? parts.get(0)
        : Dl4jObject.of(CORE + "ComposableInputPreProcessor")
            .with("inputPreProcessors", parts)
            .tree();
  }
}
