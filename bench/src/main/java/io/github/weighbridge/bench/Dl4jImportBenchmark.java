package io.github.weighbridge.bench;

import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.util.ModelSerializer;
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
 * From a Keras HDF5 file to a DL4J zip: ours beside DL4J's own importer and serializer, and beside
 * copying the file. VGG16 has 553 MB, ResNet50 103 MB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "-Xmx6g",
      "-Dorg.bytedeco.javacpp.maxbytes=6g",
      "-Dorg.bytedeco.javacpp.maxphysicalbytes=12g"
    })
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class Dl4jImportBenchmark {

  @Param({"vgg16", "resnet50"})
  private String network;

  private Path folder;
  private Path source;

  /** Writes the Keras file. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("import");
    source = folder.resolve("model.h5");
    KerasFiles.write(network, source);
  }

  /** Prints what the process took, and deletes what was written. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    printPeak();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The most memory that the process has taken, where the system tells it as Linux does. */
  private static void printPeak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      Files.readAllLines(status, StandardCharsets.US_ASCII).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .forEach(line -> System.out.println("# Peak resident set: " + line));
    }
  }

  /** The baseline: the same bytes. */
  @Benchmark
  public Path copy() throws IOException {
    return Files.copy(source, folder.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** Ours. */
  @Benchmark
  public Path weighbridge() throws IOException {
    Path target = folder.resolve("model.zip");
    try (Model model = Models.open(source)) {
      Models.write(model, target);
    }
    return target;
  }

  /** DL4J's importer and serializer. */
  @Benchmark
  public Path dl4j()
      throws IOException,
          InvalidKerasConfigurationException,
          UnsupportedKerasConfigurationException {
    Path target = folder.resolve("dl4j.zip");
    ComputationGraph model = KerasModelImport.importKerasModelAndWeights(source.toString(), false);
    ModelSerializer.writeModel(model, target.toFile(), false);
    return target;
  }
}
