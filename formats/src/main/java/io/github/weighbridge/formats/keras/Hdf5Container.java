package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.hdf5.Hdf5Attributes;
import io.github.weighbridge.formats.hdf5.Hdf5File;
import io.github.weighbridge.formats.hdf5.Hdf5Group;
import java.util.List;
import java.util.Optional;

/** Reads HDF5 files of Keras: which form it is, its root says. */
final class Hdf5Container {

  static final String KERAS_VERSION = "keras_version";
  static final String BACKEND = "backend";
  static final String MODEL_CONFIG = "model_config";
  static final String TRAINING_CONFIG = "training_config";
  static final String MODEL_WEIGHTS = "model_weights";
  private static final List<String> V3_GROUPS =
      List.of("layers", "_layer_checkpoint_dependencies", PathWeightsReader.VARS);

  private final Hdf5File file;
  private final Hdf5Group root;
  private final Hdf5Attributes attributes;
  private final Problems problems;

  Hdf5Container(Hdf5File file, Problems problems) {
    this.file = file;
    this.root = file.root();
    this.attributes = root.attributes();
    this.problems = problems;
  }

  Contents read() {
    if (attributes.has(MODEL_CONFIG)) {
      return model();
    }
    if (hasLayerNames(attributes)) {
      return legacyWeights(root);
    }
    if (root.names().contains(MODEL_WEIGHTS)) {
      return legacyWeights(group(MODEL_WEIGHTS));
    }
    if (V3_GROUPS.stream().anyMatch(root.names()::contains)) {
      return pathWeights();
    }
    if (attributes.has(NumberedWeightsReader.LAYERS)) {
      return numberedWeights();
    }
    throw foreign();
  }

  /** Weights of Keras before 1.0, which knew Theano only. */
  private Contents numberedWeights() {
    return new Contents(
        KerasForm.WEIGHTS_HDF5,
        Optional.empty(),
        Optional.of(KerasGeneration.KERAS_1),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new NumberedWeightsReader(file.name(), problems).read(root)),
        List.of());
  }

  /** The state of everything below the root, numbers not checked. */
  KerasWeights.Group pathGroup() {
    return new PathWeightsReader(file.name(), problems).read(root, "");
  }

  /** Weights by path, as they stand in {@code model.weights.h5} too. */
  Contents pathWeights() {
    PathWeightsReader reader = new PathWeightsReader(file.name(), problems);
    KerasWeights.Group group = reader.read(root, "");
    reader.checkNumbers(group);
    List<NamedWeight> optimizer =
        group
            .at("optimizer")
            .map(
                state ->
                    state.vars().entrySet().stream()
                        .map(var -> new NamedWeight(var.getKey(), var.getValue()))
                        .toList())
            .orElse(List.of());
    return new Contents(
        KerasForm.WEIGHTS_HDF5_V3,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new KerasWeights.ByPath(group)),
        optimizer);
  }

  private Contents model() {
    Tree.Obj config = json(MODEL_CONFIG);
    Optional<Tree.Obj> training =
        attributes.has(TRAINING_CONFIG) ? Optional.of(json(TRAINING_CONFIG)) : Optional.empty();
    Contents weights = legacyWeights(group(MODEL_WEIGHTS));
    return new Contents(
        KerasForm.MODEL_HDF5,
        weights.kerasVersion(),
        weights.generation(),
        weights.backend(),
        Optional.of(config),
        training,
        weights.weights(),
        weights.optimizerWeights());
  }

  private Contents legacyWeights(Hdf5Group group) {
    LayerWeightsReader reader = new LayerWeightsReader(file.name(), problems);
    Hdf5Attributes own = group.attributes();
    if (!hasLayerNames(own)) {
      problems.error(
          ProblemCode.WEIGHT_MISSING,
          Place.file(file.name()).withKey(group.path() + "@" + LayerWeightsReader.LAYER_NAMES),
          "must list the layers",
          "no such attribute",
          "the file is damaged; save it again");
    }
    // Both may stand on the root, on the group, or on either alone; the weights' own count.
    Optional<String> version = own.text(KERAS_VERSION).or(() -> attributes.text(KERAS_VERSION));
    return new Contents(
        KerasForm.WEIGHTS_HDF5,
        version,
        // Keras's own rule: weights that do not say who wrote them are Keras 1's.
        version.map(KerasGeneration::ofVersion).orElse(Optional.of(KerasGeneration.KERAS_1)),
        own.text(BACKEND).or(() -> attributes.text(BACKEND)),
        Optional.empty(),
        Optional.empty(),
        Optional.of(reader.read(group)),
        reader.optimizer(root));
  }

  private static boolean hasLayerNames(Hdf5Attributes attributes) {
    return attributes.has(LayerWeightsReader.LAYER_NAMES)
        || attributes.has(LayerWeightsReader.LAYER_NAMES + 0);
  }

  private Hdf5Group group(String name) {
    return root.group(name)
        .orElseThrow(
            () ->
                ProblemsException.of(
                    ProblemCode.ENTRY_MISSING,
                    Place.file(file.name()).withKey("/" + name),
                    "must be in a Keras model",
                    "no such group",
                    "save the whole model, with its weights"));
  }

  private Tree.Obj json(String attribute) {
    String text = attributes.text(attribute).orElse("");
    Tree tree = Json.parse(text, file.name() + "@" + attribute);
    return tree.asObject()
        .orElseThrow(
            () ->
                ProblemsException.of(
                    ProblemCode.CONFIG_MALFORMED,
                    Place.file(file.name()).withKey("@" + attribute),
                    "must be a JSON object",
                    tree.isArray() ? "an array" : "a single value",
                    "save the model again"));
  }

  private ProblemsException foreign() {
    ForeignHdf5 foreign = ForeignHdf5.of(root);
    return ProblemsException.of(
        foreign.isNamed() ? ProblemCode.FORMAT_UNSUPPORTED : ProblemCode.FORMAT_UNKNOWN,
        Place.file(file.name()),
        "must be a Keras model or weights of one",
        foreign.words(),
        foreign.advice());
  }
}
