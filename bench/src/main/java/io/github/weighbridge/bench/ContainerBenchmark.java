package io.github.weighbridge.bench;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.Shape;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.KerasArchive;
import io.github.weighbridge.formats.keras.KerasFileWriter;
import io.github.weighbridge.formats.keras.KerasWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing VGG16's weights (553 MB) into Keras's containers, beside copying their file: HDF5 alone,
 * and inside a {@code .keras} zip, whose checksum needs every byte.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 2)
@Measurement(iterations = 7)
public class ContainerBenchmark {

  private static final LocalDateTime SAVED = LocalDateTime.of(2026, 1, 1, 0, 0);

  private Path folder;
  private Path source;
  private WeightFile file;
  private KerasWeights.ByPath weights;

  /** Writes the weights. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("container");
    source = folder.resolve("weights");
    RandomFile.write(source, Networks.VGG_WEIGHTS * Float.BYTES);
    file = WeightFile.open(source);
    Map<String, WeightRef> vars = new LinkedHashMap<>();
    long[] position = {0};
    Networks.vgg(
        (fanIn, sizes) -> {
          WeightRef weight = WeightRef.of(DataType.FLOAT32, file, position[0], sizes);
          position[0] += Shape.elementCount(sizes) * Float.BYTES;
          vars.put(Integer.toString(vars.size()), weight);
          return weight;
        });
    weights =
        new KerasWeights.ByPath(new KerasWeights.Group("", Optional.of("vgg16"), vars, Map.of()));
  }

  /** Deletes what was written. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    file.close();
    try (var files = Files.list(folder)) {
      for (Path written : files.toList()) {
        Files.delete(written);
      }
    }
    Files.delete(folder);
  }

  /** The baseline: the same bytes. */
  @Benchmark
  public Path copy() throws IOException {
    return Files.copy(source, folder.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** HDF5 in a file. */
  @Benchmark
  public Path hdf5() {
    Path target = folder.resolve("model.weights.h5");
    KerasFileWriter.writeWeights(target, weights);
    return target;
  }

  /** HDF5 in a zip. */
  @Benchmark
  public Path keras() {
    Path target = folder.resolve("model.keras");
    KerasFileWriter.writeArchive(
        target, new KerasArchive(Tree.object(), "3.15.1", SAVED, weights, Map.of()));
    return target;
  }
}
