package io.github.weighbridge.conformance.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CapsuleLayer;
import org.deeplearning4j.nn.conf.layers.CapsuleStrengthLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PrimaryCapsules;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

/** Layers of images and volumes, but for pooling. */
@SuppressWarnings("rawtypes") // builders of DL4J that no type fits
final class ImageRows {

  private ImageRows() {}

  static List<NetworkRow> all() {
    List<NetworkRow> rows = new ArrayList<>();
    for (CNN2DFormat format : CNN2DFormat.values()) {
      for (ConvolutionMode mode :
          List.of(ConvolutionMode.Strict, ConvolutionMode.Truncate, ConvolutionMode.Same)) {
        rows.add(image("conv2d " + format + mode, format, conv(format).convolutionMode(mode)));
      }
      rows.add(image("padded conv2d " + format, format, conv(format).padding(2, 1)));
      rows.add(image("strided conv2d " + format, format, conv(format).stride(2, 3)));
      rows.add(image("dilated conv2d " + format, format, conv(format).dilation(2, 1)));
      rows.add(
          image(
              "conv2d softmax " + format,
              format,
              conv(format).hasBias(false).activation(Activation.SOFTMAX)));
      rows.add(
          image(
              "flattened " + format,
              format,
              conv(format),
              new DenseLayer.Builder().nOut(4).activation(Activation.TANH)));
      rows.add(image("deconv2d " + format, format, deconv(format)));
      rows.add(
          image(
              "deconv2d same " + format,
              format,
              deconv(format).convolutionMode(ConvolutionMode.Same)));
      rows.add(image("padded deconv2d " + format, format, deconv(format).padding(1, 1)));
      rows.add(
          image(
              "depthwise " + format,
              format,
              new DepthwiseConvolution2D.Builder(3, 2)
                  .depthMultiplier(2)
                  .padding(1, 0)
                  .dataFormat(format)));
      rows.add(
          image(
              "separable " + format,
              format,
              new SeparableConvolution2D.Builder(3, 2)
                  .nOut(4)
                  .depthMultiplier(2)
                  .convolutionMode(ConvolutionMode.Same)
                  .dataFormat(format)));
      rows.add(
          image(
              "batch norm 2d " + format,
              format,
              new BatchNormalization.Builder().dataFormat(format)));
      rows.add(
          image(
              "margins " + format,
              format,
              new ZeroPaddingLayer.Builder(1, 2, 0, 3).dataFormat(format),
              new Cropping2D.Builder(0, 1, 2, 0).dataFormat(format)));
      rows.add(
          image(
              "upsampling " + format,
              format,
              new Upsampling2D.Builder(2).size(new int[] {2, 3}).dataFormat(format)));
      rows.add(
          image(
              "cnn loss " + format,
              format,
              new CnnLossLayer.Builder().format(format).activation(Activation.SOFTMAX)));
      rows.add(
          image(
              "local response " + format,
              format,
              new LocalResponseNormalization.Builder(2, 5, 1e-1, 0.75).dataFormat(format)));
      rows.add(
          image(
              "locally connected 2d " + format,
              format,
              locally(format).convolutionMode(ConvolutionMode.Same)));
      rows.add(
          image(
              "locally connected 2d truncated " + format,
              format,
              locally(format).convolutionMode(ConvolutionMode.Truncate).stride(2, 1)));
      rows.add(
          even("space to depth " + format, format, 3, new SpaceToDepthLayer.Builder(2, format)));
      rows.add(
          even(
              "yolo " + format,
              format,
              14,
              new Yolo2OutputLayer.Builder()
                  .boundingBoxPriors(Nd4j.create(new double[][] {{1, 2}, {3, 1.5}}))));
    }
    rows.add(
        even(
            "space to batch",
            CNN2DFormat.NCHW,
            3,
            new SpaceToBatchLayer.Builder(new int[] {2, 3}, new int[][] {{1, 1}, {0, 0}})));
    rows.add(image("softmax of images", CNN2DFormat.NCHW, activation(Activation.SOFTMAX)));
    rows.add(
        image(
            "spatial dropout",
            CNN2DFormat.NCHW,
            conv(CNN2DFormat.NCHW).dropOut(new SpatialDropout(0.4))));
    rows.add(
        image(
            "prelu of images",
            CNN2DFormat.NCHW,
            new PReLULayer.Builder().inputShape(3, 7, 6).sharedAxes(2, 3)));
    rows.add(
        image("prelu unshared", CNN2DFormat.NCHW, new PReLULayer.Builder().inputShape(3, 7, 6)));
    rows.add(
        NetworkRow.chain("flat images", InputType.convolutionalFlat(7, 6, 3), conv().build())
            .on(2, 126));
    for (Convolution3D.DataFormat format : Convolution3D.DataFormat.values()) {
      for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same)) {
        rows.add(volume("conv3d " + format + mode, format, conv3d(format).convolutionMode(mode)));
      }
      rows.add(
          volume(
              "padded conv3d " + format,
              format,
              conv3d(format).convolutionMode(ConvolutionMode.Truncate).padding(1, 0, 2)));
      rows.add(
          volume(
              "deconv3d " + format,
              format,
              new Deconvolution3D.Builder()
                  .kernelSize(2, 3, 2)
                  .stride(2, 1, 2)
                  .nOut(2)
                  .dataFormat(format)));
      rows.add(
          volume(
              "upsampling 3d " + format,
              format,
              new Upsampling3D.Builder(2).size(new int[] {1, 2, 3}).dataFormat(format)));
    }
    // DL4J's own preprocessor fails for the other format.
    rows.add(
        volume(
            "flattened volume",
            Convolution3D.DataFormat.NDHWC,
            conv3d(Convolution3D.DataFormat.NDHWC),
            new DenseLayer.Builder().nOut(4)));
    rows.add(
        volume(
            "margins 3d",
            Convolution3D.DataFormat.NCDHW,
            new ZeroPadding3DLayer.Builder(1, 0, 2, 1, 0, 1),
            new Cropping3D.Builder(1, 0, 0, 1, 1, 1)));
    for (Convolution3D.DataFormat format : Convolution3D.DataFormat.values()) {
      rows.add(
          volume(
              "cnn3d loss " + format,
              format,
              new Cnn3DLossLayer.Builder(format).activation(Activation.SOFTMAX)));
    }
    CNN2DFormat first = CNN2DFormat.NCHW;
    for (int rounds : new int[] {1, 2, 3}) {
      rows.add(
          image(
              "capsules " + rounds,
              first,
              capsules(),
              new CapsuleLayer.Builder(3, 5, rounds).hasBias(rounds > 1),
              new CapsuleStrengthLayer.Builder()));
    }
    rows.add(image("capsules same", first, capsules().convolutionMode(ConvolutionMode.Same)));
    rows.add(image("capsules relu", first, capsules().hasBias(false).useReLU()));
    rows.add(image("capsules leaky relu", first, capsules().useLeakyReLU(0.2)));
    return rows;
  }

  private static ConvolutionLayer.Builder conv() {
    return new ConvolutionLayer.Builder(3, 2).nOut(4).activation(Activation.TANH);
  }

  private static ConvolutionLayer.Builder conv(CNN2DFormat format) {
    return conv().dataFormat(format);
  }

  private static Deconvolution2D.Builder deconv(CNN2DFormat format) {
    return new Deconvolution2D.Builder(3, 2).stride(2, 1).nOut(4).dataFormat(format);
  }

  private static LocallyConnected2D.Builder locally(CNN2DFormat format) {
    return new LocallyConnected2D.Builder()
        .kernelSize(3, 2)
        .nOut(4)
        .activation(Activation.TANH)
        .dataFormat(format);
  }

  private static PrimaryCapsules.Builder capsules() {
    return new PrimaryCapsules.Builder(4, 3).kernelSize(3, 2).stride(2, 1);
  }

  private static Convolution3D.Builder conv3d(Convolution3D.DataFormat format) {
    return new Convolution3D.Builder(2, 3, 2).nOut(2).dataFormat(format);
  }

  private static Layer.Builder<?> activation(Activation function) {
    return new ActivationLayer.Builder().activation(function);
  }

  private static NetworkRow image(String name, CNN2DFormat format, Layer.Builder<?>... layers) {
    return image(name, format, 7, 3, layers);
  }

  private static NetworkRow even(
      String name, CNN2DFormat format, int channels, Layer.Builder<?>... layers) {
    return image(name, format, 4, channels, layers);
  }

  private static NetworkRow image(
      String name, CNN2DFormat format, int height, int channels, Layer.Builder<?>... layers) {
    NetworkRow row =
        NetworkRow.chain(
            name,
            InputType.convolutional(height, 6, channels, format),
            built(new ConvolutionLayer.Builder(1, 1).nOut(channels).dataFormat(format), layers));
    return format == CNN2DFormat.NCHW
        ? row.on(2, channels, height, 6)
        : row.on(2, height, 6, channels);
  }

  private static NetworkRow volume(
      String name, Convolution3D.DataFormat format, Layer.Builder<?>... layers) {
    NetworkRow row =
        NetworkRow.chain(
            name,
            InputType.convolutional3D(format, 4, 5, 6, 3),
            built(new Convolution3D.Builder(1, 1, 1).nOut(3).dataFormat(format), layers));
    return format == Convolution3D.DataFormat.NCDHW ? row.on(2, 3, 4, 5, 6) : row.on(2, 4, 5, 6, 3);
  }

  /** Behind a layer that tells the size of the input. */
  private static Layer[] built(Layer.Builder<?> sized, Layer.Builder<?>... layers) {
    Layer[] built = new Layer[layers.length + 1];
    built[0] = sized.build();
    for (int i = 0; i < layers.length; i++) {
      built[i + 1] = layers[i].build();
    }
    return built;
  }
}
