package io.github.weighbridge.cli;

import ai.onnxruntime.OrtException;
import io.github.weighbridge.api.Models;
import io.github.weighbridge.api.TargetFormat;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.tensor.Tensor;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.exporter.keras.KerasExportOptions;
import io.github.weighbridge.formats.keras.KerasGeneration;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.runtime.Session;
import io.github.weighbridge.runtime.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A way from a model to its outputs. */
enum Way {
  /** Run by our own runtime. */
  ND4J {
    @Override
    List<Tensor> run(Model model, List<Tensor> inputs, Options options, Path folder) {
      try (Session session = options.session(model)) {
        return session.run(inputs);
      }
    }
  },
  /** Written as ONNX and run by ONNX Runtime. */
  ONNX {
    @Override
    List<Tensor> run(Model model, List<Tensor> inputs, Options options, Path folder)
        throws OrtException {
      Path file = folder.resolve("model.onnx");
      Models.write(model, file, TargetFormat.ONNX);
      try (OnnxRuntime runtime = new OnnxRuntime(file, options.threads())) {
        return runtime.run(inputs);
      }
    }
  },
  /** Written as a {@code .keras} file, read back and run by our own runtime. */
  KERAS {
    @Override
    List<Tensor> run(Model model, List<Tensor> inputs, Options options, Path folder) {
      Path file = folder.resolve("model.keras");
      Models.write(model, file, TargetFormat.KERAS);
      return options.runWritten(file, inputs);
    }
  },
  /** Written as an {@code .h5} file, read back and run by our own runtime. */
  KERAS_H5 {
    @Override
    List<Tensor> run(Model model, List<Tensor> inputs, Options options, Path folder) {
      Path file = folder.resolve("model.h5");
      KerasExportOptions hdf5 = KerasExportOptions.of(KerasExportOptions.Container.HDF5);
      Models.write(
          model,
          file,
          options.generation() == null ? hdf5 : hdf5.withGeneration(options.generation()));
      return options.runWritten(file, inputs);
    }
  },
  /** Written as a DL4J zip, read back and run by our own runtime. */
  DL4J {
    @Override
    List<Tensor> run(Model model, List<Tensor> inputs, Options options, Path folder) {
      Path file = folder.resolve("model.zip");
      Models.write(model, file, options.dl4j());
      return options.runWritten(file, inputs);
    }
  };

  /**
   * How models are run.
   *
   * @param reading how what was written is read back
   * @param threads how many threads compute
   * @param generation the Keras that {@code .h5} files are for; null for that of the model
   * @param dl4j how DL4J's zips are written
   */
  record Options(
      KerasImportOptions reading,
      int threads,
      @Nullable KerasGeneration generation,
      Dl4jOptions dl4j) {

    private Session session(Model model) {
      return Session.of(model, SessionOptions.DEFAULTS.withThreads(threads));
    }

    private List<Tensor> runWritten(Path file, List<Tensor> inputs) {
      try (Model written = Models.open(file, reading);
          Session session = session(written)) {
        return session.run(inputs);
      }
    }
  }

  /**
   * The outputs of a model for these inputs.
   *
   * @param folder where to write what the way needs written
   */
  abstract List<Tensor> run(Model model, List<Tensor> inputs, Options options, Path folder)
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
