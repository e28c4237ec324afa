package io.github.weighbridge.bench;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.KerasFileWriter;
import io.github.weighbridge.formats.keras.KerasHdf5Model;
import io.github.weighbridge.formats.keras.KerasHdf5Weights;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.NamedWeight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Functional models of {@code keras.applications}, as tf.keras 2 saves them to HDF5, with random
 * weights. Not thread-safe; one object writes one file.
 */
final class KerasFiles {

  private static final String INPUT = "input_1";
  private static final Map<String, Object> CHANNELS_LAST = Map.of("data_format", "channels_last");

  private static final Map<String, Object> ZEROS =
      Map.of("class_name", "Zeros", "config", Map.of());

  private final List<Tree> layers = new ArrayList<>();
  private final List<KerasWeights.Layer> weights = new ArrayList<>();
  private final WeightFile numbers;
  private long taken;

  private KerasFiles(WeightFile numbers) {
    this.numbers = numbers;
  }

  /** Writes {@code vgg16} or {@code resnet50}. */
  static void write(String network, Path target) throws IOException {
    Path random = Files.createTempFile("weights", null);
    Files.delete(random);
    RandomFile.write(random, Networks.VGG_WEIGHTS * Float.BYTES);
    try (WeightFile numbers = WeightFile.open(random)) {
      KerasFiles files = new KerasFiles(numbers);
      files.add("InputLayer", INPUT, inputConfig(), List.of());
      String output =
          switch (network) {
            case "vgg16" -> files.vgg16();
            case "resnet50" -> files.resnet50();
            default -> throw new IllegalArgumentException("no network " + network);
          };
      files.save(network, output, target);
    } finally {
      Files.delete(random);
    }
  }

  private String vgg16() {
    String x = INPUT;
    int channels = 3;
    int[][] blocks = {{2, 64}, {2, 128}, {3, 256}, {3, 512}, {3, 512}};
    for (int i = 0; i < blocks.length; i++) {
      String block = "block" + (i + 1);
      for (int j = 0; j < blocks[i][0]; j++) {
        x = conv(block + "_conv" + (j + 1), x, 3, 1, channels, blocks[i][1], "same", "relu");
        channels = blocks[i][1];
      }
      x = maxPool(block + "_pool", x, 2);
    }
    x = add("Flatten", "flatten", CHANNELS_LAST, List.of(x));
    x = dense("fc1", x, 25088, 4096, "relu");
    x = dense("fc2", x, 4096, 4096, "relu");
    return dense("predictions", x, 4096, 1000, "softmax");
  }

  private String resnet50() {
    String x = pad("conv1_pad", INPUT, 3);
    x = conv("conv1_conv", x, 7, 2, 3, 64, "valid", "linear");
    x = relu("conv1_relu", norm("conv1_bn", x, 64));
    x = maxPool("pool1_pool", pad("pool1_pad", x, 1), 3);
    int channels = 64;
    int[][] stacks = {{3, 64}, {4, 128}, {6, 256}, {3, 512}};
    for (int i = 0; i < stacks.length; i++) {
      for (int j = 0; j < stacks[i][0]; j++) {
        String block = "conv" + (i + 2) + "_block" + (j + 1);
        x = residual(block, x, channels, stacks[i][1], j == 0, i > 0 && j == 0 ? 2 : 1);
        channels = 4 * stacks[i][1];
      }
    }
    x = add("GlobalAveragePooling2D", "avg_pool", CHANNELS_LAST, List.of(x));
    return dense("predictions", x, channels, 1000, "softmax");
  }

  private String residual(
      String block, String input, int channels, int filters, boolean projects, int stride) {
    String shortcut = input;
    if (projects) {
      shortcut =
          conv(block + "_0_conv", input, 1, stride, channels, 4 * filters, "valid", "linear");
      shortcut = norm(block + "_0_bn", shortcut, 4 * filters);
    }
    String x = conv(block + "_1_conv", input, 1, stride, channels, filters, "valid", "linear");
    x = relu(block + "_1_relu", norm(block + "_1_bn", x, filters));
    x = conv(block + "_2_conv", x, 3, 1, filters, filters, "same", "linear");
    x = relu(block + "_2_relu", norm(block + "_2_bn", x, filters));
    x = conv(block + "_3_conv", x, 1, 1, filters, 4 * filters, "valid", "linear");
    x = norm(block + "_3_bn", x, 4 * filters);
    return relu(block + "_out", add("Add", block + "_add", Map.of(), List.of(shortcut, x)));
  }

  private String conv(
      String name,
      String input,
      int kernel,
      int stride,
      int channels,
      int filters,
      String padding,
      String activation) {
    Map<String, Object> config = weighted("kernel", "bias");
    config.putAll(CHANNELS_LAST);
    config.put("filters", filters);
    config.put("kernel_size", List.of(kernel, kernel));
    config.put("strides", List.of(stride, stride));
    config.put("padding", padding);
    config.put("dilation_rate", List.of(1, 1));
    config.put("groups", 1);
    config.put("activation", activation);
    config.put("use_bias", true);
    return add(
        "Conv2D",
        name,
        config,
        List.of(input),
        weight(name, "kernel", kernel, kernel, channels, filters),
        weight(name, "bias", filters));
  }

  private String dense(String name, String input, int from, int units, String activation) {
    Map<String, Object> config = weighted("kernel", "bias");
    config.putAll(Map.of("units", units, "activation", activation, "use_bias", true));
    return add(
        "Dense",
        name,
        config,
        List.of(input),
        weight(name, "kernel", from, units),
        weight(name, "bias", units));
  }

  private String norm(String name, String input, int channels) {
    Map<String, Object> config = weighted("beta", "gamma");
    config.putAll(Map.of("axis", List.of(3), "momentum", 0.99, "epsilon", 1.001e-5));
    config.putAll(Map.of("center", true, "scale", true));
    config.put("moving_mean_initializer", ZEROS);
    config.put("moving_variance_initializer", ZEROS);
    return add(
        "BatchNormalization",
        name,
        config,
        List.of(input),
        weight(name, "gamma", channels),
        weight(name, "beta", channels),
        weight(name, "moving_mean", channels),
        weight(name, "moving_variance", channels));
  }

  private String relu(String name, String input) {
    return add("Activation", name, Map.of("activation", "relu"), List.of(input));
  }

  private String pad(String name, String input, int amount) {
    List<Integer> both = List.of(amount, amount);
    Map<String, Object> config =
        Map.of("padding", List.of(both, both), "data_format", "channels_last");
    return add("ZeroPadding2D", name, config, List.of(input));
  }

  private String maxPool(String name, String input, int size) {
    Map<String, Object> config = new HashMap<>(CHANNELS_LAST);
    config.put("pool_size", List.of(size, size));
    config.put("strides", List.of(2, 2));
    config.put("padding", "valid");
    return add("MaxPooling2D", name, config, List.of(input));
  }

  /** What a configuration tells of weights that are trained. */
  private static Map<String, Object> weighted(String... names) {
    Map<String, Object> config = new HashMap<>();
    for (String name : names) {
      config.put(name + "_initializer", ZEROS);
      config.put(name + "_regularizer", Tree.none());
      config.put(name + "_constraint", Tree.none());
    }
    return config;
  }

  private static Map<String, Object> inputConfig() {
    List<Object> shape = List.of(Tree.none(), 224, 224, 3);
    return Map.of("batch_input_shape", shape, "sparse", false);
  }

  private NamedWeight weight(String layer, String name, long... sizes) {
    WeightRef weight = WeightRef.of(DataType.FLOAT32, numbers, taken, sizes);
    taken += Shape.elementCount(sizes) * Float.BYTES;
    return new NamedWeight(layer + "/" + name + ":0", weight);
  }

  /** Adds a layer; the name again, for the layers behind it. */
  private String add(
      String className,
      String name,
      Map<String, Object> config,
      List<String> inputs,
      NamedWeight... own) {
    Map<String, Object> named = new HashMap<>(config);
    named.putAll(Map.of("name", name, "trainable", true, "dtype", "float32"));
    List<Object> calls =
        inputs.stream().<Object>map(from -> List.of(from, 0, 0, Map.of())).toList();
    layers.add(
        Tree.of(
            Map.of(
                "class_name", className,
                "name", name,
                "config", named,
                "inbound_nodes", calls.isEmpty() ? calls : List.of(calls))));
    weights.add(new KerasWeights.Layer(name, List.of(own)));
    return name;
  }

  private void save(String network, String output, Path target) {
    Map<String, Object> config =
        Map.of(
            "name",
            network,
            "trainable",
            true,
            "layers",
            layers,
            "input_layers",
            List.of(List.of(INPUT, 0, 0)),
            "output_layers",
            List.of(List.of(output, 0, 0)));
    KerasFileWriter.writeModel(
        target,
        new KerasHdf5Model(
            Tree.object().with("class_name", Tree.of("Functional")).with("config", Tree.of(config)),
            Optional.empty(),
            new KerasHdf5Weights(
                new KerasWeights.ByLayer(weights, List.of()), "2.15.0", "tensorflow"),
            List.of()));
  }
}
