package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.layer.Cropping;
import io.github.weighbridge.core.layer.ZeroPadding;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every layer and vertex of DL4J that is read, by the name of its class without package. */
final class Dl4jReaders {

  private static final Map<String, VertexReader> LAYERS = new HashMap<>();
  private static final Map<String, VertexReader> VERTICES = new HashMap<>();

  static {
    layer("ActivationLayer", new ActivationReader());
    layer("AutoEncoder", DenseReader.withVisibleBias());
    layer("BatchNormalization", new BatchNormalizationReader());
    layer("Bidirectional", new BidirectionalReader());
    layer("CapsuleLayer", new CapsuleReader());
    layer("CapsuleStrengthLayer", vertex -> Signal.same(Capsules.lengths(vertex, vertex.array())));
    layer("CenterLossOutputLayer", DenseReader.withCenters());
    layer("Cnn3DLossLayer", new LossReader());
    layer("CnnLossLayer", new LossReader());
    layer("Convolution1DLayer", new ConvolutionReader(1));
    layer("Convolution3D", new ConvolutionReader(3));
    layer("ConvolutionLayer", new ConvolutionReader(2));
    layer("Cropping1D", new MarginReader(1, "cropping", Cropping::new));
    layer("Cropping2D", new MarginReader(2, "cropping", Cropping::new));
    layer("Cropping3D", new MarginReader(3, "cropping", Cropping::new));
    layer("Deconvolution2D", new DeconvolutionReader(2));
    layer("Deconvolution3D", new DeconvolutionReader(3));
    layer("DenseLayer", DenseReader.plain());
    layer("DepthwiseConvolution2D", new DepthwiseConvolutionReader());
    layer("DropoutLayer", vertex -> vertex.input());
    layer("ElementWiseMultiplicationLayer", new ElementWiseMultiplicationReader());
    layer("EmbeddingLayer", new EmbeddingReader());
    layer("EmbeddingSequenceLayer", new EmbeddingReader());
    layer("FrozenLayer", new FrozenReader("layer", false));
    layer("FrozenLayerWithBackprop", new FrozenReader("underlying", true));
    layer("GlobalPoolingLayer", new GlobalPoolingReader());
    layer("GravesBidirectionalLSTM", new BidirectionalReader());
    layer("GravesLSTM", new RecurrentReader());
    layer("LSTM", new RecurrentReader());
    layer("LastTimeStep", new LastTimeStepReader());
    layer("LearnedSelfAttentionLayer", new SelfAttentionReader());
    layer("LocalResponseNormalization", new LocalResponseReader());
    layer("LocallyConnected1D", new LocallyConnectedReader(1));
    layer("LocallyConnected2D", new LocallyConnectedReader(2));
    layer("LossLayer", new LossReader());
    layer("MaskLayer", vertex -> vertex.input());
    layer("MaskZeroLayer", new MaskZeroReader());
    layer("OCNNOutputLayer", new OneClassReader());
    layer("OutputLayer", DenseReader.plain());
    layer("PReLULayer", new PReluReader());
    layer("PrimaryCapsules", new PrimaryCapsulesReader());
    layer("RecurrentAttentionLayer", new RecurrentAttentionReader());
    layer("RepeatVector", new RepeatVectorReader());
    layer("RnnLossLayer", new LossReader());
    layer("RnnOutputLayer", DenseReader.plain());
    layer("SelfAttentionLayer", new SelfAttentionReader());
    layer("SeparableConvolution2D", new SeparableConvolutionReader());
    layer("SimpleRnn", new RecurrentReader());
    layer("SpaceToBatchLayer", new SpaceToDepthReader());
    layer("SpaceToDepthLayer", new SpaceToDepthReader());
    layer("Subsampling1DLayer", new SubsamplingReader(1));
    layer("Subsampling3DLayer", new SubsamplingReader(3));
    layer("SubsamplingLayer", new SubsamplingReader(2));
    layer("TimeDistributed", new TimeDistributedReader());
    layer("Upsampling1D", new UpsamplingReader(1));
    layer("Upsampling2D", new UpsamplingReader(2));
    layer("Upsampling3D", new UpsamplingReader(3));
    layer("VariationalAutoencoder", new VariationalAutoencoderReader());
    layer("Yolo2OutputLayer", new Yolo2OutputReader());
    layer("ZeroPadding1DLayer", new MarginReader(1, "padding", ZeroPadding::new));
    layer("ZeroPadding3DLayer", new MarginReader(3, "padding", ZeroPadding::new));
    layer("ZeroPaddingLayer", new MarginReader(2, "padding", ZeroPadding::new));

    vertex("AttentionVertex", new AttentionVertexReader());
    vertex("DuplicateToTimeSeriesVertex", new DuplicateToTimeSeriesReader());
    vertex("ElementWiseVertex", new ElementWiseReader());
    vertex("FrozenVertex", new FrozenReader("underlying", false));
    vertex("L2Vertex", new L2Reader());
    vertex("L2NormalizeVertex", new L2NormalizeReader());
    vertex("LastTimeStepVertex", new LastTimeStepVertexReader());
    vertex("MergeVertex", new MergeReader());
    vertex("PoolHelperVertex", new PoolHelperReader());
    vertex("PreprocessorVertex", new PreProcessorVertexReader());
    vertex("ReshapeVertex", new ReshapeReader());
    vertex("ReverseTimeSeriesVertex", new ReverseTimeSeriesReader());
    vertex("ScaleVertex", new ScaleShiftReader());
    vertex("ShiftVertex", new ScaleShiftReader());
    vertex("StackVertex", new StackReader());
    vertex("SubsetVertex", new SubsetReader());
    vertex("UnstackVertex", new UnstackReader());
  }

  private Dl4jReaders() {}

  private static void layer(String simpleClass, VertexReader reader) {
    LAYERS.put(simpleClass, reader);
  }

  private static void vertex(String simpleClass, VertexReader reader) {
    VERTICES.put(simpleClass, reader);
  }

  /** Whether there is a reader for layers of a class. */
  static boolean readsLayer(String simpleClass) {
    return LAYERS.containsKey(simpleClass);
  }

  /** Whether there is a reader for vertices of a class. */
  static boolean readsVertex(String simpleClass) {
    return VERTICES.containsKey(simpleClass);
  }

  /**
   * Reads a layer, the dropout of its input included.
   *
   * @throws ProblemsException if it cannot be read
   */
  static Signal read(VertexReading layer) {
    boolean alone = layer.config().simpleClass().equals("DropoutLayer");
    Signal input = DropoutReader.input(layer, alone ? "" : "_dropout");
    VertexReading own = layer.withInputs(List.of(input));
    if (!ComposedFunctions.isBehind(layer.config())) {
      return reader(LAYERS, own).read(own);
    }
    VertexReading plain = own.within(ComposedFunctions.without(layer.config()));
    return ComposedFunctions.apply(layer, reader(LAYERS, plain).read(plain));
  }

  /**
   * Reads a vertex that has no layer.
   *
   * @throws ProblemsException if it cannot be read
   */
  static Signal readVertex(VertexReading vertex) {
    return reader(VERTICES, vertex).read(vertex);
  }

  private static VertexReader reader(Map<String, VertexReader> readers, VertexReading vertex) {
    VertexReader reader = readers.get(vertex.config().simpleClass());
    if (reader == null) {
      throw unknown(vertex.config());
    }
    return reader;
  }

  /** That a class is none of DL4J's that are known here. */
  static ProblemsException unknown(ConfigObject config) {
    return ProblemsException.of(
        ProblemCode.LAYER_UNKNOWN,
        config.place(),
        "must be a layer or vertex of DL4J that is known here",
        config.tree().text(Dl4jVertex.CLASS).orElse("no " + Dl4jVertex.CLASS),
        "no class that a file names is ever loaded; what it computes would have to be written as a"
            + " layer of Weighbridge (docs/custom-layers.md) and its model for Keras");
  }
}
