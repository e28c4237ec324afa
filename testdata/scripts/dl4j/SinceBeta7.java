import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that DL4J can say since 1.0.0-beta7: channels and features last. */
final class SinceBeta7 {

  private static final CNN2DFormat NHWC = CNN2DFormat.NHWC;
  private static final RNNFormat NWC = RNNFormat.NWC;

  private SinceBeta7() {}

  private static OutputLayer output(int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static RnnOutputLayer steps(int out) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .dataFormat(NWC)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  public static void main(String[] arguments) {
    Cases.chain(
        "relu_parameters",
        "ReLU with a limit, a slope and a threshold; ThresholdedReLU.",
        () ->
            Start.chain(
                InputType.feedForward(3),
                new DenseLayer.Builder()
                    .nOut(5)
                    .activation(new ActivationReLU(1.0, 0.1, 0.2))
                    .build(),
                new DenseLayer.Builder()
                    .nOut(4)
                    .activation(new ActivationThresholdedReLU(0.3))
                    .build(),
                new DenseLayer.Builder().nOut(5).build(),
                new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build()),
        Cases.normal(4, 6, 3));
    Cases.chain(
        "time_distributed",
        "TimeDistributed around a Dense layer.",
        () ->
            Start.chain(
                InputType.recurrent(3, 5),
                new LSTM.Builder().nOut(4).build(),
                new TimeDistributed(
                    new DenseLayer.Builder().nIn(4).nOut(6).activation(Activation.RELU).build(),
                    RNNFormat.NCW),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(6)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build()),
        Cases.normal(1, 2, 3, 5));
    images();
    sequences();
    Cases.done();
  }

  private static void images() {
    Cases.chain(
        "nhwc_cnn",
        "Channels last: convolution, normalisations, pooling, then Dense.",
        () ->
            Start.chain(
                InputType.convolutional(6, 7, 2, NHWC),
                new ConvolutionLayer.Builder(3, 2)
                    .dataFormat(NHWC)
                    .convolutionMode(ConvolutionMode.Same)
                    .stride(1, 2)
                    .nOut(3)
                    .build(),
                new BatchNormalization.Builder().dataFormat(NHWC).build(),
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                    .dataFormat(NHWC)
                    .kernelSize(2, 2)
                    .stride(2, 1)
                    .build(),
                new DenseLayer.Builder().nOut(5).build(),
                output(3)),
        Cases.normal(1, 2, 6, 7, 2));
    Cases.chain(
        "nhwc_shapes",
        "Channels last: padding, upsampling, cropping, SpaceToDepth.",
        () ->
            Start.chain(
                InputType.convolutional(3, 4, 2, NHWC),
                new ZeroPaddingLayer.Builder(1, 2, 0, 3).dataFormat(NHWC).build(),
                new Upsampling2D.Builder(2).dataFormat(NHWC).build(),
                new Cropping2D.Builder(1, 1, 0, 2).dataFormat(NHWC).build(),
                new SpaceToDepthLayer.Builder(2, NHWC).build(),
                new ConvolutionLayer.Builder(2, 2).dataFormat(NHWC).nOut(3).build(),
                output(3)),
        Cases.normal(2, 2, 3, 4, 2));
    Cases.chain(
        "nhwc_convolutions",
        "Channels last: depthwise, separable and transposed convolutions.",
        () ->
            Start.chain(
                InputType.convolutional(5, 6, 2, NHWC),
                new DepthwiseConvolution2D.Builder(2, 3)
                    .dataFormat(NHWC)
                    .depthMultiplier(2)
                    .nOut(4)
                    .build(),
                new SeparableConvolution2D.Builder(2, 2)
                    .dataFormat(NHWC)
                    .depthMultiplier(2)
                    .nOut(3)
                    .build(),
                new Deconvolution2D.Builder(2, 3).dataFormat(NHWC).stride(2, 1).nOut(2).build(),
                output(3)),
        Cases.normal(3, 2, 5, 6, 2));
    Cases.chain(
        "nhwc_lrn",
        "Channels last: LocalResponseNormalization.",
        () ->
            Start.chain(
                InputType.convolutional(3, 4, 2, NHWC),
                new ConvolutionLayer.Builder(2, 2).dataFormat(NHWC).nOut(7).build(),
                new LocalResponseNormalization.Builder().dataFormat(NHWC).n(3).alpha(0.2).build(),
                output(3)),
        Cases.normal(4, 2, 3, 4, 2));
    Cases.chain(
        "nhwc_loss",
        "Channels last: CnnLossLayer.",
        0,
        () ->
            Start.chain(
                InputType.convolutional(3, 4, 2, NHWC),
                new ConvolutionLayer.Builder(2, 2)
                    .dataFormat(NHWC)
                    .nOut(3)
                    .activation(Activation.IDENTITY)
                    .build(),
                new CnnLossLayer.Builder(LossFunction.MCXENT)
                    .format(NHWC)
                    .activation(Activation.SOFTMAX)
                    .build()),
        Cases.normal(5, 2, 3, 4, 2));
    Cases.graph(
        "nhwc_graph",
        "Channels last: merged channels, global pooling.",
        () ->
            Start.network(
                Start.graph()
                    .addInputs("in")
                    .addLayer(
                        "a",
                        new ConvolutionLayer.Builder(2, 2).dataFormat(NHWC).nOut(3).build(),
                        "in")
                    .addLayer(
                        "b",
                        new ConvolutionLayer.Builder(2, 2).dataFormat(NHWC).nOut(4).build(),
                        "in")
                    .addVertex("merge", new MergeVertex(), "a", "b")
                    .addLayer(
                        "pool",
                        new GlobalPoolingLayer.Builder(PoolingType.MAX)
                            .poolingDimensions(1, 2)
                            .build(),
                        "merge")
                    .addLayer("out", output(2), "pool")
                    .setOutputs("out")
                    .setInputTypes(InputType.convolutional(4, 3, 2, NHWC))),
        Cases.normal(6, 2, 4, 3, 2));
    for (Convolution3D.DataFormat format : Convolution3D.DataFormat.values()) {
      boolean last = format == Convolution3D.DataFormat.NDHWC;
      Cases.chain(
          "deconvolution3d_" + format.name().toLowerCase(),
          "Deconvolution3D, " + format + ".",
          0,
          () ->
              Start.chain(
                  null,
                  new Deconvolution3D.Builder()
                      .kernelSize(2, 3, 2)
                      .dataFormat(format)
                      .stride(1, 2, 1)
                      .nIn(2)
                      .nOut(3)
                      .build(),
                  new Deconvolution3D.Builder()
                      .kernelSize(1, 2, 1)
                      .dataFormat(format)
                      .nIn(3)
                      .nOut(2)
                      .build()),
          last ? Cases.normal(7, 2, 3, 4, 2, 2) : Cases.normal(7, 2, 2, 3, 4, 2));
      Cases.chain(
          "convolution3d_" + format.name().toLowerCase(),
          "Convolution3D, " + format + ".",
          0,
          () ->
              Start.chain(
                  null,
                  new Convolution3D.Builder(2, 3, 2)
                      .dataFormat(format)
                      .convolutionMode(ConvolutionMode.Same)
                      .stride(1, 2, 1)
                      .nIn(2)
                      .nOut(3)
                      .build(),
                  new Convolution3D.Builder(2, 1, 2)
                      .dataFormat(format)
                      .convolutionMode(ConvolutionMode.Truncate)
                      .nIn(3)
                      .nOut(2)
                      .build()),
          last ? Cases.normal(8, 2, 3, 5, 4, 2) : Cases.normal(8, 2, 2, 3, 5, 4));
    }
  }

  private static void sequences() {
    Cases.chain(
        "nwc_lstm",
        "Features last: LSTM, Bidirectional, SimpleRnn.",
        () ->
            Start.chain(
                InputType.recurrent(3, 5, NWC),
                new LSTM.Builder().dataFormat(NWC).nOut(4).build(),
                new Bidirectional(
                    Bidirectional.Mode.CONCAT,
                    new LSTM.Builder().dataFormat(NWC).nIn(4).nOut(3).build()),
                new SimpleRnn.Builder().dataFormat(NWC).nOut(5).build(),
                steps(2)),
        Cases.normal(9, 2, 5, 3));
    Cases.chain(
        "nwc_graves",
        "Features last: layers with peepholes.",
        () ->
            Start.chain(
                InputType.recurrent(3, 5, NWC),
                new GravesLSTM.Builder().dataFormat(NWC).nOut(4).build(),
                new GravesBidirectionalLSTM.Builder().dataFormat(NWC).nOut(3).build(),
                steps(2)),
        Cases.normal(10, 2, 5, 3));
    Cases.chain(
        "nwc_last",
        "Features last: the last step.",
        () ->
            Start.chain(
                InputType.recurrent(3, 5, NWC),
                new LastTimeStep(new LSTM.Builder().dataFormat(NWC).nIn(3).nOut(4).build()),
                output(2)),
        Cases.normal(11, 2, 5, 3));
    Cases.chain(
        "nwc_dense",
        "Features last: a Dense layer between recurrent ones, RnnLossLayer.",
        () ->
            Start.chain(
                InputType.recurrent(3, 5, NWC),
                new LSTM.Builder().dataFormat(NWC).nOut(4).build(),
                new DenseLayer.Builder().nOut(6).build(),
                new LSTM.Builder().dataFormat(NWC).nOut(2).build(),
                new RnnLossLayer.Builder(LossFunction.MSE)
                    .dataFormat(NWC)
                    .activation(Activation.SOFTMAX)
                    .build()),
        Cases.normal(12, 2, 5, 3));
    Cases.chain(
        "nwc_conv1d",
        "Features last: Convolution1D, mode Same.",
        () ->
            Start.chain(
                InputType.recurrent(3, 7, NWC),
                new Convolution1DLayer.Builder(3)
                    .rnnDataFormat(NWC)
                    .convolutionMode(ConvolutionMode.Same)
                    .nOut(4)
                    .build(),
                steps(2)),
        Cases.normal(13, 2, 7, 3));
    Cases.chain(
        "conv1d_causal",
        "Convolution1D, mode Causal, with dilation.",
        () ->
            Start.chain(
                InputType.recurrent(3, 7, RNNFormat.NCW),
                new Convolution1DLayer.Builder(3)
                    .dilation(2)
                    .convolutionMode(ConvolutionMode.Causal)
                    .nOut(4)
                    .build(),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .dataFormat(RNNFormat.NCW)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build()),
        Cases.normal(14, 2, 3, 7));
    Cases.chain(
        "nwc_embedding",
        "Features last: EmbeddingSequenceLayer.",
        () ->
            Start.chain(
                null,
                new EmbeddingSequenceLayer.Builder()
                    .outputDataFormat(NWC)
                    .nIn(7)
                    .nOut(4)
                    .inputLength(5)
                    .build(),
                new LSTM.Builder().dataFormat(NWC).nIn(4).nOut(3).build(),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .dataFormat(NWC)
                    .nIn(3)
                    .nOut(2)
                    .activation(Activation.SOFTMAX)
                    .build()),
        Cases.indices(15, 7, 3, 5));
  }
}
