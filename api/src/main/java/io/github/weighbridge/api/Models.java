package io.github.weighbridge.api;

import io.github.weighbridge.core.graph.Graph;
import io.github.weighbridge.core.layer.CustomLayerProvider;
import io.github.weighbridge.core.lowering.CustomLayers;
import io.github.weighbridge.core.lowering.LoweringOptions;
import io.github.weighbridge.core.lowering.ModelLowering;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.Provenance;
import io.github.weighbridge.core.pass.ChannelOrder;
import io.github.weighbridge.core.pass.Passes;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.exporter.dl4j.Dl4jExporter;
import io.github.weighbridge.exporter.dl4j.Dl4jOptions;
import io.github.weighbridge.exporter.keras.KerasExportOptions;
import io.github.weighbridge.exporter.onnx.OnnxExporter;
import io.github.weighbridge.exporter.onnx.OnnxOptions;
import io.github.weighbridge.formats.FileKind;
import io.github.weighbridge.formats.OutputFile;
import io.github.weighbridge.importer.dl4j.Dl4jImporter;
import io.github.weighbridge.importer.keras.KerasImportOptions;
import io.github.weighbridge.importer.keras.KerasImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens models, writes them in other formats, compares them. Thread-safe; nothing in a file is
 * executed.
 */
public final class Models {

  private Models() {}

  /**
   * Opens a model file; its form is told by content, never by ending. Custom layers of the class
   * path are known: those that {@link ServiceLoader} finds with the thread's class loader.
   *
   * @return the model, which reads its weights from the file when they are needed: close it
   *     afterwards
   * @throws ProblemsException with everything that is wrong with the file
   */
  public static Model open(Path file) {
    return open(
        file,
        KerasImportOptions.DEFAULTS.withCustomLayers(
            customLayers(Thread.currentThread().getContextClassLoader())));
  }

  /**
   * The custom layers of a class loader's class path.
   *
   * @throws ProblemsException if two have one name, or one the name of a layer of Keras
   */
  public static CustomLayers customLayers(@Nullable ClassLoader classes) {
    return CustomLayers.of(ServiceLoader.load(CustomLayerProvider.class, classes));
  }

  /** Opens a model file with exactly these options; see {@link #open(Path)}. */
  public static Model open(Path file, KerasImportOptions options) {
    return FileKind.of(file) == FileKind.DL4J_ZIP
        ? Dl4jImporter.read(file)
        : KerasImporter.read(file, options);
  }

  /** Opens an architecture with the weights of another file; see {@link #open(Path)}. */
  public static Model open(Path architecture, Path weights, KerasImportOptions options) {
    return FileKind.of(architecture) == FileKind.DL4J_JSON
        ? Dl4jImporter.read(architecture, weights)
        : KerasImporter.read(architecture, weights, options);
  }

  /**
   * Writes a model in the format that the target's ending stands for. The target appears whole or
   * not at all; it may be the file that the model was opened from.
   *
   * @return what the user should know: what the target drops or changes
   * @throws ProblemsException with everything that the format cannot express; nothing is written
   *     then
   */
  public static List<Problem> write(Model model, Path target) {
    TargetFormat format =
        TargetFormat.ofFileName(String.valueOf(target.getFileName()))
            .orElseThrow(
                () ->
                    ProblemsException.of(
                        ProblemCode.FORMAT_UNKNOWN,
                        Place.file(target.toString()),
                        "the target's ending must be one of " + TargetFormat.knownEndings(),
                        "'" + target.getFileName() + "'",
                        "name the format"));
    return write(model, target, format);
  }

  /** Writes a model in a format with its default options; see {@link #write(Model, Path)}. */
  public static List<Problem> write(Model model, Path target, TargetFormat format) {
    return switch (format) {
      case ONNX -> write(model, target, OnnxOptions.DEFAULTS);
      case DL4J -> write(model, target, Dl4jOptions.DEFAULTS);
      default -> write(model, target, KerasExportOptions.of(container(format)));
    };
  }

  /**
   * The kind of Keras file that a format is.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static KerasExportOptions.Container container(TargetFormat format) {
    return switch (format) {
      case KERAS -> KerasExportOptions.Container.ZIP;
      case KERAS_H5 -> KerasExportOptions.Container.HDF5;
      case WEIGHTS -> KerasExportOptions.Container.WEIGHTS_HDF5;
      case NPZ -> KerasExportOptions.Container.NPZ;
      case JSON -> KerasExportOptions.Container.JSON;
      case YAML -> KerasExportOptions.Container.YAML;
      case ONNX, DL4J -> throw new IllegalArgumentException(format + " is no format of Keras");
    };
  }

  /**
   * Writes a model as a file of Keras; see {@link #write(Model, Path)}. What is spelled anew for
   * another generation is read back before the file appears, and must compute the same.
   */
  public static List<Problem> write(Model model, Path target, KerasExportOptions options) {
    return ProvedWriting.write(KerasProof.export(model, options), target);
  }

  /** Writes a model as ONNX; see {@link #write(Model, Path)}. */
  public static List<Problem> write(Model model, Path target, OnnxOptions options) {
    Graph graph =
        Passes.fit(ModelLowering.lower(model, LoweringOptions.DEFAULTS), ChannelOrder.FIRST);
    try {
      return OnnxExporter.write(graph, target, options, metadata(model.provenance()));
    } catch (IOException e) {
      throw OutputFile.unwritable(target, e);
    }
  }

  /** Writes a model as a DL4J zip; see {@link #write(Model, Path)}. */
  public static List<Problem> write(Model model, Path target, Dl4jOptions options) {
    try {
      return Dl4jExporter.write(model, target, options);
    } catch (UncheckedIOException e) {
      throw OutputFile.unwritable(target, Objects.requireNonNull(e.getCause()));
    }
  }

  /** What a format would refuse of a model, and warn of; nothing is read or written. */
  public static List<Problem> problems(Model model, TargetFormat format) {
    return switch (format) {
      case ONNX -> onnxProblems(model);
      case DL4J -> Dl4jExporter.problems(model);
      default -> problems(model, KerasExportOptions.of(container(format)));
    };
  }

  /** What a form of Keras would refuse of a model, and warn of; nothing is written. */
  public static List<Problem> problems(Model model, KerasExportOptions options) {
    return KerasProof.problems(KerasProof.export(model, options));
  }

  private static List<Problem> onnxProblems(Model model) {
    Graph operations;
    try {
      operations = ModelLowering.lower(model, LoweringOptions.DEFAULTS);
    } catch (ProblemsException refused) {
      return refused.problems();
    }
    return OnnxExporter.problems(Passes.fit(operations, ChannelOrder.FIRST), OnnxOptions.DEFAULTS);
  }

  /** Compares what two models compute, and their weights; see {@link ModelDiff}. */
  public static ModelDiff diff(Model a, Model b) {
    return ModelComparison.compare(a, b);
  }

  /** Compares what two models were compiled with, and the state of their optimizers. */
  public static TrainingDiff trainingDiff(Model a, Model b) {
    return TrainingComparison.compare(a, b);
  }

  private static Map<String, String> metadata(Provenance provenance) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("source_format", provenance.format());
    metadata.put("source_generation", provenance.generation());
    if (provenance.version() != null) {
      metadata.put("source_version", provenance.version());
    }
    return metadata;
  }
}
