import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Images, sequences and graphs that DL4J can say since 1.0.0-alpha. */
final class SinceAlphaShapes {

  private SinceAlphaShapes() {}

  public static void main(String[] arguments) {
    images();
    sequences();
    preprocessors();
    graphs();
    Cases.done();
  }

  private static void images() {
    Cases.chain(
        "cnn_lrn",
        "LocalResponseNormalization with numbers of its own.",
        () ->
            Start.chain(
                InputType.convolutional(4, 5, 2),
                SinceAlpha.convolution(2, 7),
                new LocalResponseNormalization.Builder().k(1.5).n(3).alpha(0.2).beta(0.6).build(),
                SinceAlpha.output(3)),
        Cases.normal(11, 2, 2, 4, 5));
    Cases.chain(
        "cnn_batch_normalization",
        "BatchNormalization of channels, after training.",
        4,
        () ->
            Start.chain(
                InputType.convolutional(4, 5, 2),
                SinceAlpha.convolution(2, 3),
                new BatchNormalization.Builder().activation(Activation.RELU).build(),
                SinceAlpha.output(4)),
        Cases.normal(12, 3, 2, 4, 5));
    Cases.chain(
        "cnn_dilated",
        "Convolution and pooling with dilation, in modes Truncate and Same.",
        () ->
            Start.chain(
                InputType.convolutional(9, 8, 2),
                new ConvolutionLayer.Builder(3, 2)
                    .dilation(2, 3)
                    .nOut(3)
                    .activation(Activation.RELU)
                    .build(),
                new ConvolutionLayer.Builder(2, 3)
                    .dilation(1, 2)
                    .convolutionMode(ConvolutionMode.Same)
                    .nOut(4)
                    .build(),
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(1, 1)
                    .dilation(2, 1)
                    .build(),
                SinceAlpha.output(3)),
        Cases.normal(13, 2, 2, 9, 8));
    for (ConvolutionMode mode :
        new ConvolutionMode[] {ConvolutionMode.Truncate, ConvolutionMode.Same}) {
      String name = mode.name().toLowerCase();
      Cases.chain(
          "cnn_separable_" + name,
          "SeparableConvolution2D with a depth multiplier, mode " + mode + ".",
          () ->
              Start.chain(
                  InputType.convolutional(6, 5, 2),
                  new SeparableConvolution2D.Builder(3, 2)
                      .stride(2, 1)
                      .depthMultiplier(3)
                      .convolutionMode(mode)
                      .nOut(4)
                      .build(),
                  SinceAlpha.output(3)),
          Cases.normal(14, 2, 2, 6, 5));
      Cases.chain(
          "cnn_deconvolution_" + name,
          "Deconvolution2D with strides, mode " + mode + ".",
          () ->
              Start.chain(
                  InputType.convolutional(3, 4, 2),
                  new Deconvolution2D.Builder(3, 2)
                      .stride(2, 3)
                      .convolutionMode(mode)
                      .nOut(4)
                      .activation(Activation.RELU)
                      .build(),
                  SinceAlpha.output(3)),
          Cases.normal(15, 2, 2, 3, 4));
    }
    Cases.chain(
        "cnn_deconvolution_padded",
        "Deconvolution2D with padding.",
        () ->
            Start.chain(
                InputType.convolutional(3, 4, 2),
                new Deconvolution2D.Builder(3, 4).stride(2, 2).padding(1, 0).nOut(3).build(),
                SinceAlpha.output(3)),
        Cases.normal(15, 2, 2, 3, 4));
    Cases.chain(
        "cnn_shapes",
        "Upsampling2D, Cropping2D and SpaceToDepth.",
        () ->
            Start.chain(
                InputType.convolutional(3, 4, 2),
                new Upsampling2D.Builder(2).build(),
                SinceAlpha.convolution(2, 3),
                new Cropping2D.Builder(1, 0, 1, 2).build(),
                new SpaceToDepthLayer.Builder(2, SpaceToDepthLayer.DataFormat.NCHW).build(),
                new GlobalPoolingLayer.Builder(PoolingType.MAX).build(),
                SinceAlpha.output(3)),
        Cases.normal(16, 2, 2, 3, 4));
    Cases.chain(
        "cnn_space_to_batch",
        "SpaceToBatch alone: images become more of them.",
        0,
        () ->
            Start.chain(
                InputType.convolutional(4, 6, 2),
                new SpaceToBatchLayer.Builder(new int[] {2, 3}).build(),
                SinceAlpha.convolution(2, 3),
                new GlobalPoolingLayer.Builder(PoolingType.MAX).build(),
                SinceAlpha.output(3)),
        Cases.normal(16, 2, 2, 4, 6));
    Cases.chain(
        "cnn_loss",
        "CnnLossLayer: a softmax over channels at every pixel.",
        () ->
            Start.chain(
                InputType.convolutional(4, 5, 2),
                new ConvolutionLayer.Builder(2, 2).nOut(3).activation(Activation.IDENTITY).build(),
                new CnnLossLayer.Builder(LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .build()),
        Cases.normal(17, 2, 2, 4, 5));
    Cases.chain(
        "cnn_yolo",
        "Yolo2OutputLayer: sigmoids, exponentials of priors, softmax of classes.",
        0,
        () ->
            Start.chain(
                InputType.convolutional(4, 5, 2),
                new ConvolutionLayer.Builder(2, 2).nOut(16).activation(Activation.IDENTITY).build(),
                new Yolo2OutputLayer.Builder()
                    .lambdaCoord(4.0)
                    .boundingBoxPriors(priors())
                    .build()),
        Cases.normal(18, 2, 2, 4, 5));
  }

  private static void sequences() {
    Cases.chain(
        "graves_lstm",
        "GravesLSTM, peepholes and all, and a RnnOutputLayer.",
        () ->
            Start.chain(
                null, new GravesLSTM.Builder().nIn(3).nOut(4).build(), SinceAlpha.steps(4, 2)),
        Cases.normal(13, 2, 3, 5));
    Cases.chain(
        "graves_bidirectional",
        "GravesBidirectionalLSTM, which adds its directions.",
        () ->
            Start.chain(
                null,
                new GravesBidirectionalLSTM.Builder().nIn(3).nOut(4).build(),
                SinceAlpha.steps(4, 2)),
        Cases.normal(14, 2, 3, 5));
    Cases.chain(
        "simple_rnn",
        "SimpleRnn, and the last of its steps.",
        () ->
            Start.chain(
                null,
                new SimpleRnn.Builder().nIn(3).nOut(4).build(),
                new LastTimeStep(
                    new SimpleRnn.Builder().nIn(4).nOut(5).activation(Activation.RELU).build()),
                SinceAlpha.output(5, 2)),
        Cases.normal(15, 2, 3, 5));
    for (Bidirectional.Mode mode : Bidirectional.Mode.values()) {
      int width = mode == Bidirectional.Mode.CONCAT ? 8 : 4;
      Layer inner =
          mode == Bidirectional.Mode.ADD
              ? new SimpleRnn.Builder().nIn(3).nOut(4).build()
              : mode == Bidirectional.Mode.MUL
                  ? new GravesLSTM.Builder().nIn(3).nOut(4).build()
                  : new LSTM.Builder().nIn(3).nOut(4).build();
      Cases.chain(
          "bidirectional_" + mode.name().toLowerCase(),
          "Bidirectional joins its directions by " + mode + ".",
          () -> Start.chain(null, new Bidirectional(mode, inner), SinceAlpha.steps(width, 2)),
          Cases.normal(16, 2, 3, 5));
    }
    Cases.chain(
        "bidirectional_last",
        "The last step of a Bidirectional layer.",
        () ->
            Start.chain(
                null,
                new LastTimeStep(
                    new Bidirectional(
                        Bidirectional.Mode.CONCAT, new LSTM.Builder().nIn(3).nOut(4).build())),
                SinceAlpha.output(8, 2)),
        Cases.normal(16, 2, 3, 5));
    Cases.chain(
        "rnn_loss",
        "RnnLossLayer: a softmax at every step.",
        () ->
            Start.chain(
                null,
                new LSTM.Builder().nIn(3).nOut(4).build(),
                new RnnLossLayer.Builder(LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .build()),
        Cases.normal(17, 2, 3, 5));
    Cases.chain(
        "steps_padded",
        "ZeroPadding1D, Convolution1D and Upsampling1D.",
        () ->
            Start.chain(
                null,
                new ZeroPadding1DLayer.Builder(1, 2).build(),
                new Convolution1DLayer.Builder(2).nIn(3).nOut(4).build(),
                new Upsampling1D.Builder(2).build(),
                SinceAlpha.steps(4, 2)),
        Cases.normal(18, 2, 3, 5));
  }

  private static void preprocessors() {
    Cases.chain(
        "rnn_dense_rnn",
        "A Dense layer between recurrent ones: every step is a row.",
        () ->
            Start.network(
                Start.list(
                        null,
                        new LSTM.Builder().nIn(3).nOut(4).build(),
                        SinceAlpha.dense(4, 5),
                        SinceAlpha.steps(5, 2))
                    .inputPreProcessor(1, new RnnToFeedForwardPreProcessor())
                    .inputPreProcessor(2, new FeedForwardToRnnPreProcessor())),
        Cases.normal(15, 2, 3, 4));
    Cases.chain(
        "rnn_cnn_rnn",
        "Steps made images and back.",
        () ->
            Start.network(
                Start.list(
                        null,
                        SinceAlpha.convolution(2, 3),
                        new LSTM.Builder().nIn(18).nOut(4).build(),
                        SinceAlpha.steps(4, 2))
                    .inputPreProcessor(0, new RnnToCnnPreProcessor(3, 4, 2))
                    .inputPreProcessor(1, new CnnToRnnPreProcessor(2, 3, 3))),
        Cases.normal(16, 2, 24, 3));
    Cases.chain(
        "composable",
        "Two preprocessors in one.",
        0,
        () ->
            Start.network(
                Start.list(null, SinceAlpha.convolution(2, 3), SinceAlpha.output(18, 3))
                    .inputPreProcessor(
                        0,
                        new ComposableInputPreProcessor(
                            new RnnToFeedForwardPreProcessor(),
                            new FeedForwardToCnnPreProcessor(3, 4, 2)))
                    .inputPreProcessor(1, new CnnToFeedForwardPreProcessor(2, 3, 3))),
        Cases.normal(17, 2, 24, 3));
  }

  private static void graphs() {
    Cases.graph(
        "graph_merge",
        "Two inputs merged, two outputs, a part of the features.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("left", "right")
                    .addLayer("a", SinceAlpha.dense(3, 4), "left")
                    .addLayer("b", SinceAlpha.dense(2, 5), "right")
                    .addVertex("merge", new MergeVertex(), "a", "b")
                    .addVertex("part", new SubsetVertex(2, 6), "merge")
                    .addLayer("first", SinceAlpha.output(5, 3), "part")
                    .addLayer("second", SinceAlpha.output(5, 2), "b")
                    .setOutputs("first", "second")),
        Cases.normal(18, 3, 3),
        Cases.normal(19, 3, 2));
    Cases.graph(
        "graph_sequences",
        "The last step, given to every step; a sequence backwards.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer("encoder", new LSTM.Builder().nIn(3).nOut(4).build(), "in")
                    .addVertex("backwards", new ReverseTimeSeriesVertex("in"), "encoder")
                    .addLayer(
                        "decoder", new GravesLSTM.Builder().nIn(4).nOut(3).build(), "backwards")
                    .addVertex("last", new LastTimeStepVertex("in"), "decoder")
                    .addLayer("dense", SinceAlpha.dense(3, 5), "last")
                    .addVertex("every", new DuplicateToTimeSeriesVertex("in"), "dense")
                    .addVertex("merge", new MergeVertex(), "every", "encoder")
                    .addLayer("out", SinceAlpha.steps(9, 2), "merge")
                    .setOutputs("out")),
        Cases.normal(21, 2, 3, 5));
    Cases.graph(
        "graph_images",
        "Convolutions merged along channels, and a preprocessor as a vertex.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer("a", SinceAlpha.convolution(2, 3), "in")
                    .addLayer("b", SinceAlpha.convolution(2, 4), "in")
                    .addVertex("merge", new MergeVertex(), "a", "b")
                    .addVertex(
                        "flat",
                        new PreprocessorVertex(new CnnToFeedForwardPreProcessor(3, 2, 7)),
                        "merge")
                    .addLayer("out", SinceAlpha.output(42, 3), "flat")
                    .setOutputs("out")),
        Cases.normal(22, 2, 2, 4, 3));
  }

  private static org.nd4j.linalg.api.ndarray.INDArray priors() {
    return org.nd4j.linalg.factory.Nd4j.create(new float[][] {{1.5f, 2.0f}, {0.5f, 3.0f}});
  }
}
