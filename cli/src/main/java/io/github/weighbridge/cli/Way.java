package io.github.weighbridge.cli;

import ai.onnxruntime.OrtException;
import io.github.weighbridge.api.Models;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.exporter.onnx.OnnxOptions;
import io.github.weighbridge.runtime.Session;
import io.github.weighbridge.runtime.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A way from a model to its outputs. */
enum Way {
  /** Run by our own runtime. */
  ND4J {
    @Override
    List<Tensor> run(Model model, List<Tensor> inputs, int threads) {
      try (Session session = Session.of(model, SessionOptions.DEFAULTS.withThreads(threads))) {
        return session.run(inputs);
      }
    }
  },
  /** Written as ONNX and run by ONNX Runtime. */
  ONNX {
    @Override
    List<Tensor> run(Model model, List<Tensor> inputs, int threads)
        throws IOException, OrtException {
      Path folder = Files.createTempDirectory("weighbridge");
      try {
        Path file = folder.resolve("model.onnx");
        Models.write(model, file, OnnxOptions.DEFAULTS);
        try (OnnxRuntime runtime = new OnnxRuntime(file, threads)) {
          return runtime.run(inputs);
        }
      } finally {
        deleteAll(folder);
      }
    }
  },
  /** Written as a {@code .keras} file, read back and run by our own runtime. */
  KERAS {
    @Override
    List<Tensor> run(Model model, List<Tensor> inputs, int threads) throws IOException {
      return runWritten(model, "model.keras", inputs, threads);
    }
  },
  /** Written as an {@code .h5} file, read back and run by our own runtime. */
  KERAS_H5 {
    @Override
    List<Tensor> run(Model model, List<Tensor> inputs, int threads) throws IOException {
      return runWritten(model, "model.h5", inputs, threads);
    }
  };

  private static List<Tensor> runWritten(Model model, String name, List<Tensor> inputs, int threads)
      throws IOException {
    Path folder = Files.createTempDirectory("weighbridge");
    try {
      Path file = folder.resolve(name);
      Models.write(model, file);
      try (Model written = Models.open(file);
          Session session = Session.of(written, SessionOptions.DEFAULTS.withThreads(threads))) {
        return session.run(inputs);
      }
    } finally {
      deleteAll(folder);
    }
  }

  /** The outputs of a model for these inputs. */
  abstract List<Tensor> run(Model model, List<Tensor> inputs, int threads)
      throws IOException, OrtException;

  /** The name on the command line. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As {@link #id}: what help and messages list. */
  @Override
  public String toString() {
    return id();
  }

  static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
