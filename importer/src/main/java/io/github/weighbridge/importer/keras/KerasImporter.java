package io.github.weighbridge.importer.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.Provenance;
import io.github.weighbridge.core.model.TrainingRecord;
import io.github.weighbridge.core.model.WrittenModel;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.keras.KerasFile;
import io.github.weighbridge.formats.keras.KerasForm;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads models that Keras wrote.
 *
 * <p>Layers of classes that are not known here, and those that hold code, are read as opaque: the
 * model can be inspected, it cannot run. Everything else that is wrong with a file is told at once.
 */
public final class KerasImporter {

  private KerasImporter() {}

  /**
   * The model in a file; its weights stay there until they are used.
   *
   * @throws ProblemsException with everything that is wrong with the file
   */
  public static Model read(Path file, KerasImportOptions options) {
    return read(KerasFile.open(file), options);
  }

  /**
   * An architecture with the weights of another file. If it is a model that has weights itself,
   * these stay where options let the file be without some.
   *
   * @throws ProblemsException with everything that is wrong with the files
   */
  public static Model read(Path architecture, Path weights, KerasImportOptions options) {
    return read(KerasFile.open(architecture, weights), options);
  }

  /**
   * The model in an opened file, which is closed with it.
   *
   * @throws ProblemsException with everything that is wrong with the file
   */
  public static Model read(KerasFile file, KerasImportOptions options) {
    try {
      return model(file, options);
    } catch (RuntimeException | StackOverflowError e) {
      try {
        file.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static Model model(KerasFile file, KerasImportOptions options) {
    Place place = Place.file(file.path().toString());
    Tree.Obj config = file.config().orElseThrow(() -> noArchitecture(place));
    KerasDialect dialect = KerasDialect.of(file.generation(), config);
    if (dialect == KerasDialect.KERAS_1 && file.weights().isPresent()) {
      config = SharedAxes.written(config, file.weights().get());
    }
    StoredWeights stored = StoredWeights.of(file, options.theanoKernels());
    Problems problems = new Problems();
    problems.addAll(file.warnings());
    LayerTable table = new LayerTable();
    ModelReader reader = new ModelReader(table, options, place, problems);
    Network network =
        reader.read(
            dialect.toCanonical(
                config, options.imageDimOrdering(), stored.theano(), file.kerasVersion()));
    if (options.byName() || options.skipMismatch()) {
      KerasImportOptions strict = options.withByName(false).withSkipMismatch(false);
      file.own().ifPresent(own -> assign(own, strict, network, table, problems));
      problems.throwIfErrors();
    }
    assign(file, options, network, table, problems);
    problems.throwIfErrors();
    TrainingRecord training =
        new TrainingReader(table, stored, place, problems).read(file, dialect, network);
    return new Model(
        network.graph().name(),
        network,
        table.instances(),
        provenance(file, dialect),
        file.config().map(WrittenModel::of).orElse(null),
        training,
        problems.warnings(),
        file);
  }

  /** Gives the layers the weights of a file, if it has any. */
  private static void assign(
      KerasFile file,
      KerasImportOptions options,
      Network network,
      LayerTable table,
      Problems problems) {
    Optional<KerasWeights> weights = file.weights();
    if (weights.isPresent()) {
      WeightCheck check =
          new WeightCheck(
              table,
              Place.file(file.weightsPath().toString()),
              problems,
              options.byName(),
              options.skipMismatch());
      new WeightAssignment(table, check, StoredWeights.of(file, options.theanoKernels()))
          .assign(network, weights.get(), file.vocabularies());
    }
  }

  private static Provenance provenance(KerasFile file, KerasDialect dialect) {
    return new Provenance(
        file.path().toString(),
        format(file.form()),
        dialect.label(),
        file.kerasVersion().orElse(null),
        file.backend().orElse(null));
  }

  private static String format(KerasForm form) {
    return switch (form) {
      case MODEL_HDF5 -> "keras-h5";
      case MODEL_ZIP, MODEL_FOLDER -> "keras";
      case WEIGHTS_HDF5, WEIGHTS_HDF5_V3, WEIGHTS_SHARDS -> "keras-weights";
      case WEIGHTS_NPZ -> "npz";
      case ARCHITECTURE_JSON -> "keras-json";
      case ARCHITECTURE_YAML -> "keras-yaml";
    };
  }

  private static ProblemsException noArchitecture(Place place) {
    return ProblemsException.of(
        ProblemCode.ENTRY_MISSING,
        place,
        "must have an architecture",
        "weights alone",
        "give the architecture (.json, .yaml, or a model) with its weights beside it");
  }
}
