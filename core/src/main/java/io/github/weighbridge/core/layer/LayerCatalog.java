package io.github.weighbridge.core.layer;

import io.github.weighbridge.core.config.ConfigBinder;
import io.github.weighbridge.core.config.ConfigType;
import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.training.Constraint;
import io.github.weighbridge.core.training.Initializer;
import io.github.weighbridge.core.training.Regularizer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every layer that is known, by Keras 3's class names, or those of Keras up to 2.15, or of Keras 1,
 * where later ones have no such layer, or by DL4J's where no Keras has one. A layer is added by its
 * record and one line here; tests walk the catalogue to find what it lacks elsewhere.
 */
public final class LayerCatalog {

  /**
   * One class name.
   *
   * @param className Keras 3's
   * @param type the record
   * @param fixed components that the name itself stands for, as {@code kind} of MaxPooling2D
   * @param children configuration keys that hold inner layers, by Keras 3's attribute names; the
   *     layers of a list are {@code key/0}, {@code key/1}...
   */
  public record Entry(
      String className, Class<? extends Record> type, Tree.Obj fixed, List<String> children) {}

  /** Names that readers know without an entry: models, code, functions of TensorFlow. */
  private static final Set<String> OUTSIDE =
      Set.of("Functional", "Lambda", "Model", "Sequential", "SlicingOpLambda", "TFOpLambda");

  private static final Map<String, Entry> ENTRIES = new TreeMap<>();

  static {
    add("Activation", ActivationLayer.class);
    add("ActivityRegularization", ActivityRegularization.class);
    add("Add", Merge.class, Map.of("kind", "add"));
    add("AdditiveAttention", AdditiveAttention.class);
    add("AlphaDropout", Dropout.class, Map.of("kind", "alpha"));
    add("Attention", Attention.class);
    add("AutoContrast", AutoContrast.class);
    add("Average", Merge.class, Map.of("kind", "average"));
    for (int rank = 1; rank <= 3; rank++) {
      add("AdaptiveAveragePooling" + rank + "D", AdaptivePooling.class, Map.of("kind", "average"));
      add("AdaptiveMaxPooling" + rank + "D", AdaptivePooling.class, Map.of("kind", "max"));
      add("AveragePooling" + rank + "D", Pooling.class, Map.of("kind", "average"));
      add("Conv" + rank + "D", Convolution.class);
      add("Conv" + rank + "DTranspose", TransposedConvolution.class);
      add("ConvLSTM" + rank + "D", ConvLstm.class);
      add("Cropping" + rank + "D", Cropping.class);
      add(
          "GlobalAveragePooling" + rank + "D",
          GlobalPooling.class,
          Map.of("kind", "average", "rank", rank));
      add(
          "GlobalMaxPooling" + rank + "D",
          GlobalPooling.class,
          Map.of("kind", "max", "rank", rank));
      add("MaxPooling" + rank + "D", Pooling.class, Map.of("kind", "max"));
      add("SpatialDropout" + rank + "D", Dropout.class, Map.of("kind", "spatial_" + rank + "d"));
      add("UpSampling" + rank + "D", UpSampling.class);
      add("ZeroPadding" + rank + "D", ZeroPadding.class);
    }
    Augmentation.KINDS.forEach(kind -> add(kind, Augmentation.class, Map.of("kind", kind)));
    add("BatchNormalization", BatchNormalization.class);
    addWrapper(
        "Bidirectional",
        Bidirectional.class,
        List.of(Bidirectional.FORWARD, Bidirectional.BACKWARD));
    add("CategoryEncoding", CategoryEncoding.class);
    add("CenterCrop", CenterCrop.class);
    add("Concatenate", Concatenate.class);
    add("CustomScaleLayer", CustomScaleLayer.class);
    add("ContrastLimitedAdaptiveHistogramEqualization", Clahe.class);
    add("Dense", Dense.class);
    add("DepthwiseConv1D", DepthwiseConvolution.class);
    add("DepthwiseConv2D", DepthwiseConvolution.class);
    add("Discretization", Discretization.class);
    add("Dot", Dot.class);
    add("Dropout", Dropout.class, Map.of("kind", "plain"));
    add("EinsumDense", EinsumDense.class);
    add("ELU", Elu.class);
    add("Embedding", Embedding.class);
    add("Flatten", Flatten.class);
    add("GRU", Gru.class);
    add("GRUCell", GruCell.class);
    add("GaussianDropout", Dropout.class, Map.of("kind", "gaussian"));
    add("GaussianNoise", GaussianNoise.class);
    add("GravesLSTM", GravesLstm.class);
    add("HashedCrossing", HashedCrossing.class);
    add("Hashing", Hashing.class);
    add("Highway", Highway.class);
    add("GroupQueryAttention", GroupQueryAttention.class);
    add("GroupNormalization", GroupNormalization.class);
    add("Identity", Identity.class);
    add("InputLayer", InputLayer.class);
    add("IntegerLookup", IndexLookup.class, Map.of("vocabulary_dtype", "int64"));
    add("LSTM", Lstm.class);
    add("LSTMCell", LstmCell.class);
    add("LayerNormalization", LayerNormalization.class);
    add("LayerScale", LayerScale.class);
    add("LeakyReLU", LeakyRelu.class);
    add("LocallyConnected1D", LocallyConnected.class);
    add("LocallyConnected2D", LocallyConnected.class);
    add("Masking", Masking.class);
    add("MaxoutDense", MaxoutDense.class);
    add("Maximum", Merge.class, Map.of("kind", "maximum"));
    add("Merge", CosineMerge.class);
    add("MelSpectrogram", MelSpectrogram.class);
    add("Minimum", Merge.class, Map.of("kind", "minimum"));
    add("MultiHeadAttention", MultiHeadAttention.class);
    add("Multiply", Merge.class, Map.of("kind", "multiply"));
    add("Normalization", Normalization.class);
    add("PReLU", PRelu.class);
    add("ParametricSoftplus", ParametricSoftplus.class);
    add("Permute", Permute.class);
    addWrapper("Pipeline", Pipeline.class, List.of(Pipeline.LAYERS));
    addWrapper("RNN", Rnn.class, List.of(Rnn.CELL));
    add("RMSNormalization", RmsNormalization.class);
    add("RandomCrop", RandomCrop.class);
    add("ReLU", Relu.class);
    add("RepeatVector", RepeatVector.class);
    add("Rescaling", Rescaling.class);
    add("Reshape", Reshape.class);
    add("ReversibleEmbedding", ReversibleEmbedding.class);
    add("Resizing", Resizing.class);
    add("SReLU", SRelu.class);
    add("STFTSpectrogram", StftSpectrogram.class);
    add("SeparableConv1D", SeparableConvolution.class);
    add("SeparableConv2D", SeparableConvolution.class);
    add("SimpleRNN", SimpleRnn.class);
    add("SimpleRNNCell", SimpleRnnCell.class);
    add("Softmax", SoftmaxLayer.class);
    add("StochasticDepth", StochasticDepth.class);
    add("StringLookup", IndexLookup.class, Map.of("vocabulary_dtype", "string"));
    addWrapper("StackedRNNCells", StackedRnnCells.class, List.of(StackedRnnCells.CELLS));
    add("TextVectorization", TextVectorization.class);
    addWrapper(
        "SpectralNormalization", SpectralNormalization.class, List.of(SpectralNormalization.INNER));
    add("Subtract", Merge.class, Map.of("kind", "subtract"));
    add("ThresholdedReLU", ThresholdedRelu.class);
    addWrapper("TimeDistributed", TimeDistributed.class, List.of(TimeDistributed.INNER));
    add("UnitNormalization", UnitNormalization.class);
  }

  private static final Map<Class<?>, List<Entry>> BY_TYPE =
      ENTRIES.values().stream().collect(Collectors.groupingBy(Entry::type));

  private static final ConfigBinder BINDER =
      new ConfigBinder(
          List.of(
              Activation.CONFIG_TYPE,
              Axes.CONFIG_TYPE,
              Constraint.CONFIG_TYPE,
              EinsumEquation.CONFIG_TYPE,
              Initializer.CONFIG_TYPE,
              Numbers.CONFIG_TYPE,
              QuantizationConfig.CONFIG_TYPE,
              Regularizer.CONFIG_TYPE,
              new ConfigType<>(
                  DataType.class,
                  "a data type",
                  tree ->
                      tree.asText()
                          .flatMap(DataType::ofKerasName)
                          .orElseThrow(() -> new IllegalArgumentException("unknown")),
                  dtype -> Tree.of(dtype.kerasName()))));

  private LayerCatalog() {}

  private static void add(String className, Class<? extends Record> type) {
    add(className, type, Map.of());
  }

  private static void add(
      String className, Class<? extends Record> type, Map<String, Object> fixed) {
    ENTRIES.put(className, new Entry(className, type, (Tree.Obj) Tree.of(fixed), List.of()));
  }

  private static void addWrapper(
      String className, Class<? extends Record> type, List<String> children) {
    ENTRIES.put(className, new Entry(className, type, Tree.object(), children));
  }

  /** The entry of a class name of Keras 3, if it is known. */
  public static Optional<Entry> entry(String className) {
    return Optional.ofNullable(ENTRIES.get(className));
  }

  /** Whether a class name is one of Keras that is read here, or held by code (Lambda). */
  public static boolean isBuiltIn(String className) {
    return ENTRIES.containsKey(className) || OUTSIDE.contains(className);
  }

  /** Whether a layer is one of the catalogue, with a configuration that is known here. */
  public static boolean has(Layer layer) {
    return BY_TYPE.containsKey(layer.getClass());
  }

  /** Every entry, sorted by class name. */
  public static Collection<Entry> entries() {
    return ENTRIES.values();
  }

  /** Fills the records of layers from configurations in canonical form, and writes them back. */
  public static ConfigBinder binder() {
    return BINDER;
  }

  /**
   * A layer of the catalogue with other values under some keys of its configuration.
   *
   * @return nothing if the layer refuses them
   */
  public static Optional<Layer> with(Layer layer, Tree.Obj changes) {
    Record record = (Record) layer;
    Tree.Obj config = BINDER.write(record);
    for (Map.Entry<String, Tree> change : changes.members().entrySet()) {
      config = config.with(change.getKey(), change.getValue());
    }
    return BINDER
        .bind(record.getClass(), config, Place.UNKNOWN, new Problems())
        .map(Layer.class::cast);
  }

  /** The class name of Keras 3 for a layer. */
  public static String className(Layer layer) {
    if (layer instanceof OpaqueLayer opaque) {
      return opaque.className();
    }
    if (layer instanceof CustomLayer custom) {
      return custom.className();
    }
    if (layer instanceof Network network) {
      return network.className();
    }
    if (layer instanceof KerasOperation operation) {
      return operation.function().name();
    }
    List<Entry> named = BY_TYPE.getOrDefault(layer.getClass(), List.of());
    if (named.size() == 1) {
      return named.get(0).className();
    }
    Tree.Obj config = BINDER.write((Record) layer);
    return named.stream()
        .filter(entry -> isNamed(entry, config, layer))
        .map(Entry::className)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not in the catalogue: " + layer));
  }

  /** Whether the fixed components, and the rank in the name, are the layer's. */
  private static boolean isNamed(Entry entry, Tree.Obj config, Layer layer) {
    boolean fixed =
        entry.fixed().members().entrySet().stream()
            .allMatch(e -> config.get(e.getKey()).filter(e.getValue()::equals).isPresent());
    int rank = spatialRank(layer);
    return fixed && (rank == 0 || entry.className().contains(rank + "D"));
  }

  private static int spatialRank(Layer layer) {
    if (layer instanceof Convolution convolution) {
      return convolution.rank();
    }
    if (layer instanceof ConvLstm convolution) {
      return convolution.rank();
    }
    if (layer instanceof DepthwiseConvolution convolution) {
      return convolution.rank();
    }
    if (layer instanceof SeparableConvolution convolution) {
      return convolution.rank();
    }
    if (layer instanceof TransposedConvolution convolution) {
      return convolution.rank();
    }
    if (layer instanceof Pooling pooling) {
      return pooling.rank();
    }
    if (layer instanceof AdaptivePooling pooling) {
      return pooling.rank();
    }
    if (layer instanceof LocallyConnected connected) {
      return connected.rank();
    }
    if (layer instanceof ZeroPadding padding) {
      return padding.padding().size();
    }
    if (layer instanceof Cropping cropping) {
      return cropping.cropping().size();
    }
    return layer instanceof UpSampling upSampling ? upSampling.size().size() : 0;
  }
}
