package io.github.weighbridge.bench;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.pass.ChannelOrder;
import io.github.weighbridge.core.pass.Passes;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.exporter.onnx.OnnxExporter;
import io.github.weighbridge.exporter.onnx.OnnxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Converting a large model to ONNX, beside copying its file: what remains above the copy is ours.
 *
 * <p>The model is VGG16 (553 MB), its weights in a file in Keras's layouts; or, with {@code -p
 * model=FILE}, any file that can be opened, which is then read each time. Takes twice the model's
 * size in the folder for temporary files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 2)
@Measurement(iterations = 7)
public class ConversionBenchmark {

  private static final String GENERATED = "vgg16";

  @Param(GENERATED)
  private String model;

  private Path folder;
  private Path source;
  private @Nullable WeightFile weights;
  private @Nullable Graph graph;

  /** Writes the weights, if no model is given. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("conversion");
    if (!model.equals(GENERATED)) {
      source = Path.of(model);
      return;
    }
    source = folder.resolve("weights");
    RandomFile.write(source, Networks.VGG_WEIGHTS * Float.BYTES);
    WeightFile file = WeightFile.open(source);
    weights = file;
    long[] position = {0};
    graph =
        Networks.vgg(
            (fanIn, sizes) -> {
              long at = position[0];
              position[0] += Shape.elementCount(sizes) * Float.BYTES;
              return WeightRef.of(DataType.FLOAT32, file, at, sizes);
            });
  }

  /** Deletes what was written. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    if (weights != null) {
      weights.close();
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The baseline: the same bytes. */
  @Benchmark
  public Path copy() throws IOException {
    return Files.copy(source, folder.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Keras to ONNX. */
  @Benchmark
  public Path onnx() throws IOException {
    Path target = folder.resolve("model.onnx");
    if (graph == null) {
      try (Model opened = Models.open(source)) {
        Models.write(opened, target);
      }
    } else {
      OnnxExporter.write(
          Passes.fit(graph, ChannelOrder.FIRST), target, OnnxOptions.DEFAULTS, Map.of());
    }
    return target;
  }
}
