package io.github.weighbridge.conformance.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Pooling of sequences, images and volumes. */
final class PoolingRows {

  private PoolingRows() {}

  static List<NetworkRow> all() {
    List<NetworkRow> rows = new ArrayList<>();
    for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.PNORM)) {
      for (CNN2DFormat format : CNN2DFormat.values()) {
        for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same)) {
          rows.add(
              image("pool2d " + type + format + mode, format, pool(type, format, mode).build()));
        }
        SubsamplingLayer.Builder padded =
            pool(type, format, ConvolutionMode.Truncate).padding(1, 0).stride(2, 1);
        rows.add(image("padded pool2d " + type + format, format, padded.build()));
      }
    }
    for (CNN2DFormat format : CNN2DFormat.values()) {
      for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.PNORM)) {
        rows.addAll(dilated(type, format));
      }
      for (ConvolutionMode mode : List.of(ConvolutionMode.Truncate, ConvolutionMode.Same)) {
        rows.add(
            image(
                "mean with its padding " + format + mode,
                format,
                pool(PoolingType.AVG, format, mode)
                    .padding(mode == ConvolutionMode.Same ? 0 : 1, 0)
                    .avgPoolIncludePadInDivisor(true)
                    .build()));
      }
    }
    for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG, PoolingType.PNORM)) {
      rows.add(sequence("pool1d " + type, pool1d(type).build()));
      rows.add(
          sequence(
              "same pool1d " + type, pool1d(type).convolutionMode(ConvolutionMode.Same).build()));
    }
    for (PoolingType type : List.of(PoolingType.MAX, PoolingType.AVG)) {
      for (Convolution3D.DataFormat format : Convolution3D.DataFormat.values()) {
        rows.add(volume("pool3d " + type + format, format, pool3d(type, format).build()));
        rows.add(
            volume(
                "padded pool3d " + type + format,
                format,
                pool3d(type, format)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .padding(1, 0, 1)
                    .build()));
      }
    }
    for (PoolingType type : PoolingType.values()) {
      rows.add(sequence("global " + type, global(type).build()));
      rows.add(image("global 2d " + type, CNN2DFormat.NCHW, global(type).build()));
      rows.add(
          image(
              "global 2d last " + type,
              CNN2DFormat.NHWC,
              global(type).poolingDimensions(1, 2).build()));
      rows.add(volume("global 3d " + type, Convolution3D.DataFormat.NCDHW, global(type).build()));
      rows.add(
          image(
              "global kept " + type,
              CNN2DFormat.NCHW,
              global(type).collapseDimensions(false).build()));
    }
    return rows;
  }

  private static List<NetworkRow> dilated(PoolingType type, CNN2DFormat format) {
    ConvolutionMode mode = ConvolutionMode.Truncate;
    return List.of(
        image(
            "dilated pool2d " + type + format,
            format,
            pool(type, format, mode).dilation(2, 1).build()),
        image(
            "padded dilated pool2d " + type + format,
            format,
            pool(type, format, mode).padding(1, 0).dilation(2, 1).build()),
        image(
            "same dilated pool2d " + type + format,
            format,
            pool(type, format, ConvolutionMode.Same).stride(1, 1).dilation(2, 3).build()));
  }

  private static SubsamplingLayer.Builder pool(
      PoolingType type, CNN2DFormat format, ConvolutionMode mode) {
    SubsamplingLayer.Builder builder =
        new SubsamplingLayer.Builder(type, new int[] {3, 2})
            .stride(2, 2)
            .dataFormat(format)
            .convolutionMode(mode);
    return type == PoolingType.PNORM ? builder.pnorm(3) : builder;
  }

  private static Subsampling1DLayer.Builder pool1d(PoolingType type) {
    Subsampling1DLayer.Builder builder = new Subsampling1DLayer.Builder(type, 3).stride(2);
    return type == PoolingType.PNORM ? builder.pnorm(3) : builder;
  }

  private static Subsampling3DLayer.Builder pool3d(
      PoolingType type, Convolution3D.DataFormat format) {
    return new Subsampling3DLayer.Builder(type, new int[] {2, 3, 2})
        .stride(1, 2, 1)
        .dataFormat(format);
  }

  private static GlobalPoolingLayer.Builder global(PoolingType type) {
    GlobalPoolingLayer.Builder builder = new GlobalPoolingLayer.Builder(type);
    return type == PoolingType.PNORM ? builder.pnorm(3) : builder;
  }

  private static NetworkRow sequence(String name, Layer... layers) {
    Layer sized = new Convolution1DLayer.Builder(1).nOut(3).build();
    return NetworkRow.chain(name, InputType.recurrent(3, 7), behind(sized, layers)).on(2, 3, 7);
  }

  private static NetworkRow image(String name, CNN2DFormat format, Layer... layers) {
    Layer sized = new ConvolutionLayer.Builder(1, 1).nOut(3).dataFormat(format).build();
    InputType input = InputType.convolutional(7, 6, 3, format);
    NetworkRow row = NetworkRow.chain(name, input, behind(sized, layers));
    return format == CNN2DFormat.NCHW ? row.on(2, 3, 7, 6) : row.on(2, 7, 6, 3);
  }

  private static NetworkRow volume(String name, Convolution3D.DataFormat format, Layer... layers) {
    Layer sized = new Convolution3D.Builder(1, 1, 1).nOut(3).dataFormat(format).build();
    InputType input = InputType.convolutional3D(format, 4, 5, 6, 3);
    NetworkRow row = NetworkRow.chain(name, input, behind(sized, layers));
    return format == Convolution3D.DataFormat.NCDHW ? row.on(2, 3, 4, 5, 6) : row.on(2, 4, 5, 6, 3);
  }

  /** Behind a layer that tells the size of the input. */
  private static Layer[] behind(Layer sized, Layer... layers) {
    return Stream.concat(Stream.of(sized), Stream.of(layers)).toArray(Layer[]::new);
  }
}
