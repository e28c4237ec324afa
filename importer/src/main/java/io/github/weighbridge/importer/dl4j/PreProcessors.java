package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.graph.Value;
import io.github.weighbridge.core.layer.DataFormat;
import io.github.weighbridge.core.layer.Flatten;
import io.github.weighbridge.core.layer.Layer;
import io.github.weighbridge.core.layer.Permute;
import io.github.weighbridge.core.layer.Reshape;
import io.github.weighbridge.core.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** DL4J's preprocessors: changes of shape before a layer. */
final class PreProcessors {

  private PreProcessors() {}

  /**
   * Adds what a preprocessor becomes.
   *
   * @param vertex whose input passes it
   * @throws ProblemsException if it cannot be read
   */
  static Signal read(VertexReading vertex, ConfigObject own, Signal input) {
    VertexReading at = vertex.within(own).withInputs(List.of(input));
    return switch (own.simpleClass()) {
      case "ComposableInputPreProcessor" -> composed(at, own, input);
      case "CnnToFeedForwardPreProcessor", "TensorFlowCnnToFeedForwardPreProcessor" ->
          flattened(at, List.of("numChannels", "inputHeight", "inputWidth"));
      case "Cnn3DToFeedForwardPreProcessor" ->
          flattened(at, List.of("numChannels", "inputDepth", "inputHeight", "inputWidth"));
      case "FeedForwardToCnnPreProcessor" ->
          image(at, List.of("numChannels", "inputHeight", "inputWidth"));
      case "FeedForwardToCnn3DPreProcessor" ->
          image(
              at,
              own.flag("ncdhw", true)
                  ? List.of("numChannels", "inputDepth", "inputHeight", "inputWidth")
                  : List.of("inputDepth", "inputHeight", "inputWidth", "numChannels"));
      case "RnnToFeedForwardPreProcessor" ->
          input.rank() < 3
              ? input
              : new Signal(at.sequence(at.format("rnnDataFormat", "NCW")), Signal.View.FLAT_STEPS);
      case "FeedForwardToRnnPreProcessor" -> steps(at);
      case "RnnToCnnPreProcessor" -> imagesOfSteps(at);
      case "CnnToRnnPreProcessor" -> stepsOfImages(at);
      case "ReshapePreprocessor" -> reshaped(at, own);
      case "ReshapePreProcessor" -> reshaped(at, own.integers("toShape"), true);
      case "ZeroMeanPreProcessor", "ZeroMeanPrePreProcessor" -> centered(at);
      case "PermutePreprocessor" -> permuted(at, axes(own));
      case "KerasFlattenRnnPreprocessor" -> at.onArray(new Reshape(List.of(-1)), Map.of());
      default ->
          throw own.unsupported(Dl4jVertex.CLASS, "must be a preprocessor that is known here");
    };
  }

  private static Signal composed(VertexReading at, ConfigObject own, Signal input) {
    Optional<List<Integer>> order = order(own);
    if (order.isPresent()) {
      return permuted(at, order.get());
    }
    Signal result = input;
    for (ConfigObject part : own.objects("inputPreProcessors")) {
      result = read(at, part, result);
    }
    return result;
  }

  /** The order of axes that preprocessors make one after the other, if they do nothing else. */
  private static Optional<List<Integer>> order(ConfigObject own) {
    return switch (own.simpleClass()) {
      case "PermutePreprocessor" -> Optional.of(axes(own));
      case "ComposableInputPreProcessor" ->
          own.objects("inputPreProcessors").stream()
              .map(PreProcessors::order)
              .reduce(PreProcessors::oneAfterTheOther)
              .orElse(Optional.empty());
      default -> Optional.empty();
    };
  }

  /** The order of the axes behind the batch; a network that has run has the batch there too. */
  private static List<Integer> axes(ConfigObject permute) {
    List<Integer> order = permute.sizes("permutationIndices");
    boolean withBatch = !order.isEmpty() && order.get(0) == 0;
    return withBatch ? order.subList(1, order.size()) : order;
  }

  private static Optional<List<Integer>> oneAfterTheOther(
      Optional<List<Integer>> first, Optional<List<Integer>> second) {
    return first.flatMap(
        before ->
            second
                .filter(order -> order.stream().allMatch(i -> i >= 1 && i <= before.size()))
                .map(order -> order.stream().map(i -> before.get(i - 1)).toList()));
  }

  /** Axes in another order; those of a value that the model has in that order need none. */
  private static Signal permuted(VertexReading at, List<Integer> order) {
    Signal input = at.input();
    int axes = input.rank() - 1;
    boolean back =
        IntStream.range(0, order.size()).allMatch(i -> order.get(i) == (i == axes - 1 ? 1 : i + 2));
    return back && order.size() == axes && input.view() == Signal.View.FEATURES_FIRST
        ? Signal.same(input.value())
        : at.onArray(new Permute(order), Map.of());
  }

  /** Every feature less its mean in the batch, in predictions too; up to beta. */
  private static Signal centered(VertexReading at) {
    Value array = at.array();
    Tree.Obj ofBatch = Tree.object().with("axis", Tree.of(0)).with("keepdims", Tree.of(true));
    Value mean = at.function("Mean", ofBatch, array);
    return Signal.same(at.function("Subtract", Tree.object(), array, mean));
  }

  /** An image in one axis. DL4J takes one that is flat already as it is. */
  private static Signal flattened(VertexReading at, List<String> keys) {
    Signal input = at.input();
    if (input.rank() == 2) {
      return input;
    }
    Shape shape = at.shape();
    boolean known = shape.slice(1, shape.rank()).isFixed();
    Layer layer =
        known
            ? new Flatten(DataFormat.CHANNELS_LAST)
            : new Reshape(List.of(Math.toIntExact(product(at.config(), keys))));
    return at.on("_flat", input, layer, Map.of());
  }

  private static long product(ConfigObject own, List<String> keys) {
    long product = 1;
    for (String key : keys) {
      product = Math.multiplyExact(product, (long) own.size(key));
    }
    if (product > Integer.MAX_VALUE) {
      throw own.invalid(keys.get(0), "must give fewer than 2^31 elements");
    }
    return product;
  }

  /** A flat image with its axes. DL4J takes one that has them already as it is. */
  private static Signal image(VertexReading at, List<String> keys) {
    if (at.input().rank() == keys.size() + 1) {
      return at.input();
    }
    List<Integer> sizes = keys.stream().map(at.config()::size).toList();
    return at.on("_image", at.input(), new Reshape(sizes), Map.of());
  }

  /** Steps that are flat images, with their axes; batch and steps are one axis from here on. */
  private static Signal imagesOfSteps(VertexReading at) {
    List<Integer> sizes =
        Stream.of("numChannels", "inputHeight", "inputWidth").map(at.config()::size).toList();
    Value sequence = at.sequence(at.format("rnnDataFormat", "NCW"));
    return at.on(
        "_images", new Signal(sequence, Signal.View.FLAT_STEPS), new Reshape(sizes), Map.of());
  }

  /** The way back. */
  private static Signal stepsOfImages(VertexReading at) {
    Signal input = at.input();
    if (input.view() != Signal.View.FLAT_STEPS) {
      throw at.refusal(
          "must have images that were steps of sequences before", at.shape().toString());
    }
    long size = product(at.config(), List.of("numChannels", "inputHeight", "inputWidth"));
    Signal flat = at.on("_steps", input, new Reshape(List.of((int) size)), Map.of());
    return VertexReading.sequence(flat.value(), at.format("rnnDataFormat", "NCW"));
  }

  private static Signal steps(VertexReading at) {
    Signal input = at.input();
    DataFormat format = at.format("rnnDataFormat", "NCW");
    if (input.view() == Signal.View.FLAT_STEPS) {
      return VertexReading.sequence(input.value(), format);
    }
    if (input.rank() == 3) {
      return input;
    }
    throw at.refusal(
        "must have samples that were steps of sequences before", at.shape().toString());
  }

  /** The same elements under another shape; sizes are given with the batch or without it. */
  private static Signal reshaped(VertexReading at, ConfigObject own) {
    boolean batch = own.flag("hasMiniBatchDimension", false);
    return reshaped(at, own.integers("targetShape"), batch);
  }

  private static Signal reshaped(VertexReading at, List<Long> target, boolean batch) {
    List<Integer> sizes =
        target.subList(batch ? 1 : 0, target.size()).stream().map(Math::toIntExact).toList();
    Signal input = at.input();
    return at.on("_reshaped", input, new Reshape(sizes), Map.of());
  }
}
