import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that DL4J can say since 1.0.0-beta. */
final class SinceBeta {

  private SinceBeta() {}

  private static OutputLayer output(int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static OutputLayer output(int in, int out) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(in)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static RnnOutputLayer steps(int out) {
    return new RnnOutputLayer.Builder(LossFunction.MCXENT)
        .nOut(out)
        .activation(Activation.SOFTMAX)
        .build();
  }

  public static void main(String[] arguments) {
    Cases.chain(
        "mlp_amsgrad",
        "Dense layers trained with the updater amsgrad.",
        () ->
            Start.network(
                Start.list(
                    Start.builder().updater(new AMSGrad(0.02)),
                    null,
                    new DenseLayer.Builder().nIn(3).nOut(5).build(),
                    output(5, 4))),
        Cases.normal(1, 2, 3));
    Cases.chain(
        "frozen_with_backprop",
        "FrozenLayerWithBackprop around a layer between others.",
        () ->
            Start.chain(
                null,
                new DenseLayer.Builder().nIn(3).nOut(5).build(),
                new FrozenLayerWithBackprop(
                    new DenseLayer.Builder().nIn(5).nOut(4).activation(Activation.SIGMOID).build()),
                output(4, 2)),
        Cases.normal(2, 2, 3));
    images();
    volumes();
    sequences();
    Cases.done();
  }

  private static void images() {
    for (ConvolutionMode mode :
        new ConvolutionMode[] {ConvolutionMode.Truncate, ConvolutionMode.Same}) {
      Cases.chain(
          "cnn_depthwise_" + mode.name().toLowerCase(),
          "DepthwiseConvolution2D with a depth multiplier, mode " + mode + ".",
          () ->
              Start.chain(
                  InputType.convolutional(6, 5, 2),
                  new DepthwiseConvolution2D.Builder(3, 2)
                      .stride(1, 2)
                      .depthMultiplier(3)
                      .convolutionMode(mode)
                      .nIn(2)
                      .nOut(6)
                      .activation(Activation.RELU)
                      .build(),
                  output(3)),
          Cases.normal(3, 2, 2, 6, 5));
    }
  }

  private static void volumes() {
    for (ConvolutionMode mode :
        new ConvolutionMode[] {ConvolutionMode.Truncate, ConvolutionMode.Same}) {
      Cases.chain(
          "cnn3d_" + mode.name().toLowerCase(),
          "Convolution3D and Subsampling3D, mode " + mode + ".",
          () ->
              Start.chain(
                  null,
                  new Convolution3D.Builder(2, 3, 2)
                      .nIn(2)
                      .stride(1, 1, 2)
                      .dataFormat(Convolution3D.DataFormat.NCDHW)
                      .convolutionMode(mode)
                      .nOut(3)
                      .activation(Activation.RELU)
                      .build(),
                  new Subsampling3DLayer.Builder(Subsampling3DLayer.PoolingType.MAX)
                      .kernelSize(2, 1, 2)
                      .stride(2, 1, 1)
                      .convolutionMode(mode)
                      .build(),
                  new GlobalPoolingLayer.Builder(PoolingType.SUM).build(),
                  output(3, 3)),
          Cases.normal(4, 2, 2, 5, 4, 6));
    }
    Cases.chain(
        "cnn3d_shapes",
        "ZeroPadding3D, average Subsampling3D, Upsampling3D, Cropping3D.",
        () ->
            Start.chain(
                InputType.convolutional3D(3, 2, 4, 2),
                new ZeroPadding3DLayer.Builder(1, 0, 2, 1, 0, 1).build(),
                new Convolution3D.Builder(2, 2, 1)
                    .dataFormat(Convolution3D.DataFormat.NCDHW)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .nOut(3)
                    .build(),
                new Subsampling3DLayer.Builder(Subsampling3DLayer.PoolingType.AVG)
                    .kernelSize(1, 2, 2)
                    .stride(1, 1, 1)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .build(),
                new Upsampling3D.Builder(2).build(),
                new Cropping3D.Builder(1, 0, 1, 2, 0, 1).build(),
                new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                output(3)),
        Cases.normal(5, 2, 2, 3, 2, 4));
  }

  private static void sequences() {
    for (boolean biased : new boolean[] {false, true}) {
      Cases.chain(
          biased ? "embedding_sequence_bias" : "embedding_sequence",
          "EmbeddingSequenceLayer: rows of indices become sequences.",
          () ->
              Start.chain(
                  null,
                  new EmbeddingSequenceLayer.Builder()
                      .nIn(7)
                      .nOut(4)
                      .hasBias(biased)
                      .inputLength(5)
                      .activation(biased ? Activation.TANH : Activation.IDENTITY)
                      .build(),
                  new GlobalPoolingLayer.Builder(PoolingType.MAX).build(),
                  output(4, 3)),
          Cases.indices(6, 7, 3, 5));
    }
    Cases.chain(
        "steps_cropped",
        "Cropping1D behind Convolution1D in mode Same.",
        () ->
            Start.chain(
                InputType.recurrent(3, 7),
                new Convolution1DLayer.Builder(3)
                    .convolutionMode(ConvolutionMode.Same)
                    .nOut(4)
                    .build(),
                new Cropping1D.Builder(1, 2).build(),
                new LSTM.Builder().nOut(3).build(),
                steps(2)),
        Cases.normal(7, 2, 3, 7));
    Cases.chain(
        "cnn_conv_stack",
        "Convolutions of kernels 1 and 3, stacked.",
        () ->
            Start.chain(
                InputType.convolutional(5, 6, 3),
                new ConvolutionLayer.Builder(1, 1).nOut(4).activation(Activation.ELU).build(),
                new ConvolutionLayer.Builder(3, 3)
                    .padding(1, 1)
                    .nOut(2)
                    .activation(Activation.SWISH)
                    .build(),
                output(3)),
        Cases.normal(8, 2, 3, 5, 6));
  }
}
