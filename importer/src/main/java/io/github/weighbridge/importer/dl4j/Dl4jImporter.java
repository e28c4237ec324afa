package io.github.weighbridge.importer.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.Network;
import io.github.weighbridge.core.model.LayerInstance;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.Provenance;
import io.github.weighbridge.core.model.TrainingRecord;
import io.github.weighbridge.core.model.WrittenModel;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.formats.dl4j.Dl4jAge;
import io.github.weighbridge.formats.dl4j.Dl4jFile;
import io.github.weighbridge.formats.dl4j.NdArray;
import io.github.weighbridge.formats.dl4j.dialect.Dl4jDialect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Reads models that DL4J wrote.
 *
 * <p>Everything that is wrong with a file is told at once, as far as the layers before it can be
 * read.
 */
public final class Dl4jImporter {

  private Dl4jImporter() {}

  /**
   * The model in a zip; its weights stay there until they are used.
   *
   * @throws ProblemsException with what is wrong with the file
   */
  public static Model read(Path zip) {
    return read(Dl4jFile.open(zip));
  }

  /**
   * A configuration with the parameters of another file.
   *
   * @throws ProblemsException with what is wrong with the files
   */
  public static Model read(Path configuration, Path coefficients) {
    return read(Dl4jFile.open(configuration, coefficients));
  }

  private static Model read(Dl4jFile file) {
    try {
      return model(file);
    } catch (RuntimeException | StackOverflowError e) {
      try {
        file.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static Model model(Dl4jFile file) {
    Place place = Place.file(file.path().toString());
    Problems problems = new Problems();
    problems.addAll(file.warnings());
    Dl4jAge age = file.coefficients().map(NdArray::age).orElse(Dl4jAge.FROM_M2);
    Tree.Obj configuration = Dl4jDialect.toCanonical(file.configuration(), age);
    Dl4jNetwork network = Dl4jNetwork.of(configuration, place, problems);
    requireKnown(network, place, problems);
    network.vertices().forEach(vertex -> warnOfDoubt(vertex, place, problems));
    problems.throwIfErrors();
    Parameters parameters = new Parameters(file.coefficients());
    NetworkReader reader = new NetworkReader(configuration, network, parameters, place, problems);
    Network root = reader.read();
    problems.throwIfErrors();
    parameters.requireAllTaken(place, problems);
    problems.throwIfErrors();
    Model untrained =
        model(file, root, reader.layers(), TrainingRecord.NONE, problems.warnings(), () -> {});
    TrainingRecord training =
        new TrainingReader(
                file.configuration(), configuration, network, reader.places(), place, problems)
            .read(
                untrained,
                parameters,
                file.updaterState(),
                others -> again(configuration, network, others, place));
    if (age == Dl4jAge.FROM_M2 && training.compilation() != null) {
      DoubledGradients.tell(network, place, problems);
    }
    return model(file, root, reader.layers(), training, problems.warnings(), file);
  }

  private static Model model(
      Dl4jFile file,
      Network root,
      Collection<LayerInstance> layers,
      TrainingRecord training,
      List<Problem> warnings,
      AutoCloseable source) {
    return new Model(
        root.graph().name(),
        root,
        layers,
        new Provenance(file.path().toString(), "dl4j", "DL4J", null, null),
        new WrittenModel(file.configuration(), file.entries()),
        training,
        warnings,
        source);
  }

  private static Collection<LayerInstance> again(
      Tree.Obj configuration, Dl4jNetwork network, Parameters others, Place place) {
    NetworkReader reader = new NetworkReader(configuration, network, others, place, new Problems());
    reader.read();
    return reader.layers();
  }

  /** Every class that is not known, at once. */
  private static void requireKnown(Dl4jNetwork network, Place file, Problems problems) {
    for (Dl4jVertex vertex : network.vertices()) {
      boolean known =
          vertex.isLayer()
              ? Dl4jReaders.readsLayer(vertex.simpleClass())
              : Dl4jReaders.readsVertex(vertex.simpleClass());
      if (!known) {
        Place place = file.withLayer(vertex.name(), vertex.simpleClass());
        problems.addAll(Dl4jReaders.unknown(new ConfigObject(vertex.config(), place)).problems());
      }
    }
  }

  /** Some versions computed otherwise, and wrote the same files. */
  private static void warnOfDoubt(Dl4jVertex vertex, Place file, Problems problems) {
    vertex
        .config()
        .text(Dl4jDialect.DOUBT)
        .ifPresent(
            doubt ->
                problems.warning(
                    ProblemCode.CONFIG_VALUE_INVALID,
                    file.withLayer(vertex.name(), vertex.simpleClass()),
                    doubt,
                    "a file that does not tell its version",
                    "compare its predictions, or save it again with M2.1"));
  }
}
