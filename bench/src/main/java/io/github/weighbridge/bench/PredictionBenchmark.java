package io.github.weighbridge.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.pass.ChannelOrder;
import io.github.weighbridge.core.pass.Passes;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.exporter.onnx.OnnxExporter;
import io.github.weighbridge.exporter.onnx.OnnxOptions;
import io.github.weighbridge.runtime.Session;
import io.github.weighbridge.runtime.SessionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
 * One prediction, arrays in to arrays out: ours, and ONNX Runtime's on the file that we export.
 *
 * <p>Each is measured in a JVM of its own, with the same number of threads. Read the medians: one
 * disturbed run moves the mean.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PredictionBenchmark {

  /** Largest difference of two outputs of a softmax that is rounding. */
  private static final float TOLERANCE = 1e-4f;

  @Param({"mlp", "cnn", "resnet", "lstm"})
  private String network;

  @Param({"1", "16"})
  private int batch;

  @Param("2")
  private int threads;

  private Graph graph;
  private Tensor input;
  private float[] pixels;
  private Session session;
  private Path file;
  private OrtSession onnx;
  private OrtSession.SessionOptions onnxOptions;
  private FloatBuffer onnxInput;

  /** Builds the network, exports it and makes sure that both compute the same. */
  @Setup(Level.Trial)
  public void open() throws IOException, OrtException {
    graph =
        switch (network) {
          case "mlp" -> Networks.mlp();
          case "cnn" -> Networks.cnn();
          case "resnet" -> Networks.resnet();
          case "lstm" -> Networks.lstm();
          default -> throw new IllegalArgumentException("no network '" + network + "'");
        };
    input = Networks.input(graph, batch);
    pixels = input.floats();
    session =
        Session.of(
            Passes.fit(graph, ChannelOrder.LAST), SessionOptions.DEFAULTS.withThreads(threads));
    file = Files.createTempFile("prediction", ".onnx");
    OnnxExporter.write(Passes.fit(graph, ChannelOrder.FIRST), file, OnnxOptions.DEFAULTS, Map.of());
    onnxOptions = new OrtSession.SessionOptions();
    onnxOptions.setIntraOpNumThreads(threads);
    onnxOptions.setInterOpNumThreads(1);
    onnx = OrtEnvironment.getEnvironment().createSession(file.toString(), onnxOptions);
    onnxInput =
        ByteBuffer.allocateDirect(pixels.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    requireEqual(weighbridge().floats(), onnxRuntime());
  }

  private void requireEqual(float[] ours, float[] theirs) {
    for (int i = 0; i < theirs.length; i++) {
      if (!(Math.abs(ours[i] - theirs[i]) <= TOLERANCE)) {
        throw new IllegalStateException(
            network + " differs at " + i + ": " + ours[i] + " and " + theirs[i]);
      }
    }
  }

  /** Frees both. */
  @TearDown(Level.Trial)
  public void close() throws IOException, OrtException {
    session.close();
    onnx.close();
    onnxOptions.close();
    Files.deleteIfExists(file);
  }

  /** Our session. */
  @Benchmark
  public Tensor weighbridge() {
    return session.run(input);
  }

  /** ONNX Runtime, its input filled from a Java array and its output read into one. */
  @Benchmark
  public float[] onnxRuntime() throws OrtException {
    onnxInput.clear();
    onnxInput.put(pixels).flip();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), onnxInput, input.sizes());
        OrtSession.Result result = onnx.run(Map.of(graph.inputValues().get(0).name(), tensor))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] output = new float[values.remaining()];
      values.get(output);
      return output;
    }
  }
}
