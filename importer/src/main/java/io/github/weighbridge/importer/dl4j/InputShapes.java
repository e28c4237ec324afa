package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a network must be given, as its first layers tell; DL4J's files do not say it. */
final class InputShapes {

  private final Dl4jNetwork network;
  private final Place file;

  InputShapes(Dl4jNetwork network, Place file) {
    this.network = network;
    this.file = file;
  }

  /**
   * The sizes of an input behind the batch, null where any will do; nothing if no layer tells.
   *
   * @throws ProblemsException if a layer that tells is not as it must be
   */
  Optional<List<@Nullable Long>> of(String input) {
    return of(input, new HashSet<>());
  }

  private Optional<List<@Nullable Long>> of(String name, Set<String> seen) {
    if (!seen.add(name)) {
      return Optional.empty();
    }
    for (Dl4jVertex vertex : network.vertices()) {
      if (!vertex.inputs().contains(name)) {
        continue;
      }
      Optional<List<@Nullable Long>> shape =
          vertex.isLayer()
              ? ofLayer(vertex)
                  .map(own -> withSpatial(vertex, own, seen))
                  .or(() -> of(vertex.name(), seen).map(own -> Passage.before(vertex, own)))
                  .or(() -> Passage.alone(vertex))
              : ofVertex(vertex, name, seen);
      if (shape.isPresent()) {
        return shape;
      }
    }
    return Optional.empty();
  }

  /** A convolution tells the channels of its image, what is behind it may tell the rest. */
  private List<@Nullable Long> withSpatial(
      Dl4jVertex vertex, List<@Nullable Long> own, Set<String> seen) {
    boolean tells = vertex.preProcessor().isPresent() || own.size() < 3 || !own.contains(null);
    return tells
        ? own
        : of(vertex.name(), seen)
            .map(behind -> Passage.withSpatial(vertex, own, behind))
            .orElse(own);
  }

  /** Vertices that tell the sizes of an input, or hand on what has the shape of each. */
  private Optional<List<@Nullable Long>> ofVertex(
      Dl4jVertex vertex, String input, Set<String> seen) {
    if (vertex.simpleClass().equals("PreprocessorVertex")) {
      return vertex
          .config()
          .object("preProcessor")
          .flatMap(own -> ofPreProcessor(config(vertex, own)));
    }
    return switch (vertex.simpleClass()) {
      case "AttentionVertex" -> attended(vertex, input);
      case "ElementWiseVertex",
          "L2NormalizeVertex",
          "ReverseTimeSeriesVertex",
          "ScaleVertex",
          "ShiftVertex",
          "StackVertex" ->
          of(vertex.name(), seen);
      default -> Optional.empty();
    };
  }

  private Optional<List<@Nullable Long>> attended(Dl4jVertex vertex, String input) {
    List<String> keys = List.of("ninQueries", "ninKeys", "ninValues");
    int place = vertex.inputs().indexOf(input);
    return place < keys.size()
        ? sizes((long) config(vertex, vertex.config()).size(keys.get(place)), null)
        : Optional.empty();
  }

  private ConfigObject config(Dl4jVertex vertex, Tree.Obj own) {
    return new ConfigObject(own, file.withLayer(vertex.name(), Dl4jVertex.simpleClass(own)));
  }

  private Optional<List<@Nullable Long>> ofLayer(Dl4jVertex vertex) {
    ConfigObject layer = config(vertex, vertex.config());
    if (vertex.preProcessor().isEmpty()) {
      return ofLayer(layer);
    }
    ConfigObject own = config(vertex, vertex.preProcessor().get());
    if (own.simpleClass().startsWith("ZeroMeanPre")) {
      return ofLayer(layer);
    }
    return own.simpleClass().equals("RnnToFeedForwardPreProcessor")
        ? sequence(own, layer.size("nin"))
        : ofPreProcessor(own);
  }

  private static Optional<List<@Nullable Long>> ofLayer(ConfigObject layer) {
    return switch (layer.simpleClass()) {
      case "FrozenLayer" -> ofLayer(layer.object("layer"));
      case "FrozenLayerWithBackprop", "LastTimeStep", "MaskZeroLayer" ->
          ofLayer(layer.object("underlying"));
      case "Bidirectional" -> ofLayer(layer.object("fwd"));
      case "TimeDistributed" -> ofLayer(layer.object("underlying")).map(own -> stepsOf(layer, own));
      case "DenseLayer",
          "OCNNOutputLayer",
          "OutputLayer",
          "CenterLossOutputLayer",
          "AutoEncoder",
          "ElementWiseMultiplicationLayer",
          "VariationalAutoencoder" ->
          sizes((long) layer.size("nin"));
      case "EmbeddingLayer" -> sizes(1L);
      case "EmbeddingSequenceLayer" -> sizes((Long) null);
      case "LSTM",
          "GravesLSTM",
          "GravesBidirectionalLSTM",
          "SimpleRnn",
          "RnnOutputLayer",
          "Convolution1DLayer",
          "SelfAttentionLayer",
          "LearnedSelfAttentionLayer" ->
          sequence(layer, (long) layer.size("nin"));
      case "ConvolutionLayer",
          "Deconvolution2D",
          "DepthwiseConvolution2D",
          "SeparableConvolution2D" ->
          image(layer.text("cnn2dDataFormat", "NCHW"), layer.size("nin"), 2);
      case "Convolution3D", "Deconvolution3D" ->
          image(layer.text("dataFormat", "NCDHW"), layer.size("nin"), 3);
      case "RecurrentAttentionLayer" ->
          sizes((long) layer.size("nin"), (long) layer.size("timeSteps"));
      case "LocallyConnected1D" -> sizes((long) layer.size("nin"), (long) layer.size("inputSize"));
      case "CapsuleLayer" ->
          sizes((long) layer.size("inputCapsules"), (long) layer.size("inputCapsuleDimensions"));
      case "PrimaryCapsules" -> image("NCHW", layer.size("inputChannels"), 2);
      case "LocallyConnected2D" -> locallyConnected(layer);
      case "PReLULayer" -> preLu(layer);
      default -> Optional.empty();
    };
  }

  private static Optional<List<@Nullable Long>> locallyConnected(ConfigObject layer) {
    List<Integer> size = layer.sizes("inputSize", 2);
    List<@Nullable Long> sizes = new ArrayList<>();
    size.forEach(n -> sizes.add((long) n));
    boolean first = layer.text("format", "NCHW").equals("NCHW");
    sizes.add(first ? 0 : 2, (long) layer.size("nin"));
    return Optional.of(sizes);
  }

  /** Sizes of axes that share a parameter stand as 1. */
  private static Optional<List<@Nullable Long>> preLu(ConfigObject layer) {
    List<Integer> shared = layer.given("sharedAxes") ? layer.sizes("sharedAxes") : List.of();
    List<@Nullable Long> sizes = new ArrayList<>();
    for (int size : layer.sizes("inputShape")) {
      sizes.add(shared.contains(sizes.size() + 1) ? null : (long) size);
    }
    return Optional.of(sizes);
  }

  private static List<@Nullable Long> stepsOf(ConfigObject layer, List<@Nullable Long> step) {
    List<@Nullable Long> sizes = new ArrayList<>(step);
    boolean first = layer.text("rnnDataFormat", "NCW").equals("NCW") && step.size() == 1;
    sizes.add(first ? 1 : 0, null);
    return sizes;
  }

  private static Optional<List<@Nullable Long>> sequence(ConfigObject layer, long features) {
    return layer.text("rnnDataFormat", "NCW").equals("NCW")
        ? sizes(features, null)
        : sizes(null, features);
  }

  private static Optional<List<@Nullable Long>> image(String format, long channels, int rank) {
    @Nullable Long[] sizes = new @Nullable Long[rank + 1];
    sizes[format.startsWith("NC") ? 0 : rank] = channels;
    return sizes(sizes);
  }

  private static Optional<List<@Nullable Long>> ofPreProcessor(ConfigObject own) {
    return switch (own.simpleClass()) {
      case "FeedForwardToCnnPreProcessor" ->
          sizes((long) own.size("numChannels") * own.size("inputHeight") * own.size("inputWidth"));
      case "CnnToFeedForwardPreProcessor" ->
          own.text("format", "NCHW").equals("NCHW")
              ? sizes(
                  (long) own.size("numChannels"),
                  (long) own.size("inputHeight"),
                  (long) own.size("inputWidth"))
              : sizes(
                  (long) own.size("inputHeight"),
                  (long) own.size("inputWidth"),
                  (long) own.size("numChannels"));
      case "RnnToCnnPreProcessor" ->
          sequence(
              own,
              (long) own.size("numChannels") * own.size("inputHeight") * own.size("inputWidth"));
      case "ReshapePreprocessor" ->
          reshaped(own, "inputShape", own.flag("hasMiniBatchDimension", false));
      case "ReshapePreProcessor" -> reshaped(own, "fromShape", true);
      case "ComposableInputPreProcessor" -> ofPreProcessors(own.objects("inputPreProcessors"));
      default -> Optional.empty();
    };
  }

  /** What is reshaped, if it is told; its sizes have the batch before them or not. */
  private static Optional<List<@Nullable Long>> reshaped(
      ConfigObject own, String key, boolean batch) {
    if (!own.given(key)) {
      return Optional.empty();
    }
    List<Long> sizes = own.integers(key);
    return Optional.of(new ArrayList<@Nullable Long>(sizes.subList(batch ? 1 : 0, sizes.size())));
  }

  /** The first tells, or the steps of sequences have the sizes that those behind it tell. */
  private static Optional<List<@Nullable Long>> ofPreProcessors(List<ConfigObject> parts) {
    if (parts.isEmpty() || !parts.get(0).simpleClass().equals("RnnToFeedForwardPreProcessor")) {
      return parts.stream().findFirst().flatMap(InputShapes::ofPreProcessor);
    }
    return ofPreProcessors(parts.subList(1, parts.size()))
        .filter(step -> step.size() == 1 && step.get(0) != null)
        .flatMap(step -> sequence(parts.get(0), Objects.requireNonNull(step.get(0))));
  }

  private static Optional<List<@Nullable Long>> sizes(@Nullable Long... sizes) {
    return Optional.of(Arrays.asList(sizes));
  }
}
