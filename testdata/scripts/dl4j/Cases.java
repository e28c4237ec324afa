import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes case directories with the DL4J that is on the class path. It uses only what every DL4J
 * from 0.5.0 to 1.0.0-M2.1 has, so that one file serves all; the networks stand in the other files
 * here.
 *
 * <p>System properties: {@code cases.out} the folder to write to, {@code cases.version} the version
 * of DL4J, {@code cases.only} a regular expression of names to write, {@code cases.prefix} what to
 * put before names.
 */
final class Cases {

  /** A network, built when its case is wanted. */
  interface Building<T> {
    T build() throws Exception;
  }

  private static final String VERSION = System.getProperty("cases.version");
  private static final String PREFIX = System.getProperty("cases.prefix", "");
  private static final Pattern ONLY = Pattern.compile(System.getProperty("cases.only", ".*"));

  private static int written;
  private static int failed;

  static {
    if (VERSION.matches("1.0.0-(beta[67]|M1.1)")) {
      withoutHelpers();
    }
  }

  private Cases() {}

  /** The MKL-DNN of these versions fails on newer processors, and of one ends the process. */
  private static void withoutHelpers() {
    try {
      Nd4j.create(1);
      Class<?> type = Class.forName("org.nd4j.nativeblas.Nd4jCpu$Environment");
      Object environment = type.getMethod("getInstance").invoke(null);
      type.getMethod("allowHelpers", boolean.class).invoke(environment, false);
      type.getMethod("setUseMKLDNN", boolean.class).invoke(environment, false);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Writes a MultiLayerNetwork after two steps of training on random data. */
  static void chain(String name, String why, Building<MultiLayerNetwork> building, INDArray input) {
    chain(name, why, 2, building, input);
  }

  /** Writes a MultiLayerNetwork after some steps of training. */
  static void chain(
      String name, String why, int steps, Building<MultiLayerNetwork> building, INDArray input) {
    run(
        name,
        () -> {
          MultiLayerNetwork network = building.build();
          Random random = new Random(name.hashCode());
          for (Layer layer : network.getLayers()) {
            randomise(layer, random);
          }
          train(
              name,
              steps,
              () -> network.fit(input.dup(), labels(network.output(input.dup(), false), random)));
          network.clear();
          INDArray[] output = {network.output(input.dup(), false)};
          Path folder = folder(name);
          File model = folder.resolve("model.zip").toFile();
          ModelSerializer.writeModel(network, model, true);
          write(folder, name, why, new INDArray[] {input}, output);
          restored(
              name,
              output,
              () ->
                  new INDArray[] {
                    ModelSerializer.restoreMultiLayerNetwork(model).output(input.dup(), false)
                  });
        });
  }

  /** Writes a network as two files, as was done before there was a ModelSerializer. */
  static void files(String name, String why, Building<MultiLayerNetwork> building, INDArray input) {
    run(
        name,
        () -> {
          MultiLayerNetwork network = building.build();
          Random random = new Random(name.hashCode());
          for (Layer layer : network.getLayers()) {
            randomise(layer, random);
          }
          Path folder = folder(name);
          String configuration = network.getLayerWiseConfigurations().toJson();
          Files.write(folder.resolve("conf.json"), configuration.getBytes(StandardCharsets.UTF_8));
          Path weights = folder.resolve("coefficients.bin");
          try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(weights))) {
            Nd4j.write(network.params(), out);
          }
          String files =
              "    \"architecture\": \"conf.json\",\n    \"weights\": \"coefficients.bin\"";
          INDArray[] inputs = {input};
          write(folder, name, why, files, inputs, new INDArray[] {network.output(input, false)});
        });
  }

  /** Writes a ComputationGraph after two steps of training on random data. */
  static void graph(
      String name, String why, Building<ComputationGraph> building, INDArray... inputs) {
    graph(name, why, 2, building, inputs);
  }

  /** Writes a ComputationGraph after some steps of training. */
  static void graph(
      String name, String why, int steps, Building<ComputationGraph> building, INDArray... inputs) {
    run(
        name,
        () -> {
          ComputationGraph network = building.build();
          Random random = new Random(name.hashCode());
          for (Layer layer : network.getLayers()) {
            randomise(layer, random);
          }
          train(
              name,
              steps,
              () -> {
                INDArray[] labels = network.output(false, copies(inputs));
                for (int i = 0; i < labels.length; i++) {
                  labels[i] = labels(labels[i], random);
                }
                network.fit(copies(inputs), labels);
              });
          INDArray[] output = network.output(false, copies(inputs));
          Path folder = folder(name);
          File model = folder.resolve("model.zip").toFile();
          ModelSerializer.writeModel(network, model, true);
          write(folder, name, why, inputs, output);
          restored(
              name,
              output,
              () -> ModelSerializer.restoreComputationGraph(model).output(false, copies(inputs)));
        });
  }

  /** Copies, because some layers of some versions work in place. */
  private static INDArray[] copies(INDArray[] arrays) {
    INDArray[] copies = new INDArray[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      copies[i] = arrays[i].dup();
    }
    return copies;
  }

  /** Trains a little, so that an updater has a state; some versions cannot train what they run. */
  private static void train(String name, int steps, Work step) {
    try {
      for (int i = 0; i < steps; i++) {
        step.run();
      }
    } catch (Exception failure) {
      System.out.println("NOT TRAINED " + VERSION + " " + name + ": " + failure);
    }
  }

  /** Does some work that writes a case, and goes on when it fails. */
  static void run(String name, Work work) {
    if (!ONLY.matcher(name).matches()) {
      return;
    }
    try {
      work.run();
      written++;
    } catch (Throwable failure) {
      failed++;
      System.out.println("FAILED " + VERSION + " " + name + ": " + failure);
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      System.out.println("    by " + cause);
      for (int i = 0; i < Math.min(8, cause.getStackTrace().length); i++) {
        System.out.println("    at " + cause.getStackTrace()[i]);
      }
    }
  }

  /** What {@link #run} does. */
  interface Work {
    void run() throws Exception;
  }

  /** Says how many cases were written, and leaves: some versions keep threads. */
  static void done() {
    System.out.println(VERSION + ": " + written + " written, " + failed + " failed");
    System.exit(0);
  }

  /** The folder of a case. */
  static Path folder(String name) throws IOException {
    return Files.createDirectories(
        new File(System.getProperty("cases.out")).toPath().resolve(VERSION + "_" + PREFIX + name));
  }

  /** Values of a normal distribution. */
  static INDArray normal(long seed, int... shape) {
    Random random = new Random(seed);
    float[] values = new float[count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Nd4j.create(values).reshape('c', shape);
  }

  /** Whole numbers from 0 up to a limit. */
  static INDArray indices(long seed, int limit, int... shape) {
    Random random = new Random(seed);
    float[] values = new float[count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(limit);
    }
    return Nd4j.create(values).reshape('c', shape);
  }

  private static int count(int[] shape) {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    return count;
  }

  /** Gives each parameter values that nothing else has, variances positive. */
  static void randomise(Layer layer, Random random) {
    Map<String, INDArray> parameters = layer.paramTable();
    if (parameters == null) {
      return;
    }
    for (Map.Entry<String, INDArray> entry : parameters.entrySet()) {
      INDArray parameter = entry.getValue();
      float[] values = new float[(int) parameter.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(entry.getKey(), random);
      }
      parameter.assign(Nd4j.create(values).reshape('c', parameter.shape()));
    }
  }

  private static float value(String parameter, Random random) {
    switch (parameter) {
      case "var":
        return 0.5f + 1.5f * random.nextFloat();
      case "log10stdev":
        return 0.4f * random.nextFloat() - 0.2f;
      case "gamma":
        return 0.5f + random.nextFloat();
      default:
        return (float) (0.4 * random.nextGaussian());
    }
  }

  /** Something to train towards, shaped like an output. */
  private static INDArray labels(INDArray like, Random random) {
    float[] values = new float[(int) like.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Nd4j.create(values).reshape('c', like.shape());
  }

  /** Writes everything of a case but its model, {@code model.zip}. */
  static void write(Path folder, String name, String why, INDArray[] inputs, INDArray[] outputs)
      throws IOException {
    write(folder, name, why, "    \"model\": \"model.zip\"", inputs, outputs);
  }

  private static void write(
      Path folder, String name, String why, String files, INDArray[] inputs, INDArray[] outputs)
      throws IOException {
    Npz.write(folder.resolve("inputs.npz"), inputs);
    Npz.write(folder.resolve("outputs.npz"), outputs);
    boolean half = PREFIX.startsWith("half") || name.startsWith("half");
    String text =
        String.join(
            "\n",
            "{",
            "  \"id\": \"dl4j/" + folder.getFileName() + "\",",
            "  \"files\": {",
            files,
            "  },",
            "  \"atol\": " + (half ? "0.005" : "0.0001") + ",",
            "  \"rtol\": " + (half ? "0.01" : "0.001") + ",",
            "  \"expect\": \"ok\",",
            "  \"dl4j\": \"" + VERSION + "\",",
            "  \"why\": \"" + why + "\"",
            "}",
            "");
    Files.write(folder.resolve("case.json"), text.getBytes(StandardCharsets.UTF_8));
    for (INDArray output : outputs) {
      check(name, output);
    }
  }

  private static void check(String name, INDArray output) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : Npz.values(output)) {
      if (Double.isNaN(value) || Double.isInfinite(value)) {
        throw new IllegalStateException(name + " gives " + value);
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (high - low < 1e-3 || Math.max(Math.abs(low), Math.abs(high)) > 1e4) {
      System.out.println("LOOK AT " + VERSION + " " + name + ": " + low + " to " + high);
    }
  }

  /** Compares with what this version makes of its own file. */
  private static void restored(String name, INDArray[] expected, Building<INDArray[]> reading) {
    try {
      INDArray[] actual = reading.build();
      double most = 0;
      for (int i = 0; i < expected.length; i++) {
        double[] one = Npz.values(expected[i]);
        double[] other = Npz.values(actual[i]);
        for (int k = 0; k < one.length; k++) {
          most = Math.max(most, Math.abs(one[k] - other[k]));
        }
      }
      if (!(most < 1e-5)) {
        System.out.println("DIFFERS when restored " + VERSION + " " + name + ": " + most);
      }
    } catch (Throwable failure) {
      System.out.println("NOT RESTORED " + VERSION + " " + name + ": " + failure);
    }
  }
}
