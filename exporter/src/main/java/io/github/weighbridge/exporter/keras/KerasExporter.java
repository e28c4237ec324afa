package io.github.weighbridge.exporter.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.layer.VocabularyLayer;
import io.github.weighbridge.core.model.Model;
import io.github.weighbridge.core.model.Provenance;
import io.github.weighbridge.core.model.WrittenModel;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.keras.KerasArchive;
import io.github.weighbridge.formats.keras.KerasFileWriter;
import io.github.weighbridge.formats.keras.KerasForm;
import io.github.weighbridge.formats.keras.KerasGeneration;
import io.github.weighbridge.formats.keras.KerasHdf5Model;
import io.github.weighbridge.formats.keras.KerasHdf5Weights;
import io.github.weighbridge.formats.keras.KerasWeights;
import io.github.weighbridge.formats.keras.dialect.KerasDialect;
import io.github.weighbridge.formats.keras.dialect.TrainingTarget;
import io.github.weighbridge.formats.npy.Npz;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model on its way to a Keras file: spelled, laid out, and not yet written. Immutable and
 * thread-safe; the weights are read from the model when they are written.
 */
public final class KerasExporter {

  private static final String COMPILE_CONFIG = "compile_config";

  private final Model source;
  private final Model fitted;
  private final KerasExportOptions options;
  private final KerasGeneration generation;
  private final Tree.Obj architecture;
  private final boolean respelled;
  private final KerasWeights weights;
  private final TrainingWriter.Written training;
  private final Map<String, List<String>> vocabularies;
  private final List<Problem> problems;

  private KerasExporter(
      Model source, KerasExportOptions options, boolean keepsEarlier, Problems problems) {
    this.source = source;
    this.options = options;
    this.generation = generation(source, options);
    Optional<Tree.Obj> written = asWritten().filter(tree -> keepsEarlier || isCurrent(tree));
    this.respelled = written.isEmpty();
    Fitting.Fitted fit =
        respelled
            ? Fitting.of(source, generation == KerasGeneration.KERAS_3, problems)
            : new Fitting.Fitted(source, false);
    this.fitted = fit.model();
    Tree.Obj spelled =
        written.orElseGet(
            () ->
                dialect()
                    .fromCanonical(
                        ModelTree.of(fitted, generation),
                        Place.file(source.provenance().file()),
                        problems));
    LayerWeights own = new LayerWeights(fitted);
    if (byPath()) {
      PathWeights.Laid laid = PathWeights.of(own, spelled);
      this.weights = laid.weights();
      this.vocabularies = laid.vocabularies();
    } else {
      this.weights = NamedWeights.of(own, spelled, suffix());
      this.vocabularies = Map.of();
    }
    this.training =
        target()
            .map(target -> TrainingWriter.of(fitted, fit.rescaled(), target, problems))
            .orElse(TrainingWriter.Written.NONE);
    this.architecture = withTraining(spelled);
    this.problems = problems.all();
  }

  /** Archives have the training configuration with the architecture, files of HDF5 beside it. */
  private Tree.Obj withTraining(Tree.Obj spelled) {
    return options.container() == KerasExportOptions.Container.ZIP && training.config().isPresent()
        ? spelled.with(COMPILE_CONFIG, training.config().get())
        : spelled.without(COMPILE_CONFIG);
  }

  /** Spells a model and lays it out; what cannot be is told by {@link #problems}. */
  public static KerasExporter of(Model model, KerasExportOptions options) {
    return new KerasExporter(model, options, false, new Problems());
  }

  /**
   * As {@link #of}, in the words of the model's file although they meant something else in the
   * version that wrote it; nothing where they did not, or do not stay anyway. Whether what changed
   * is of any effect in this model, the caller must prove.
   */
  public static Optional<KerasExporter> inEarlierWords(Model model, KerasExportOptions options) {
    KerasExporter kept = new KerasExporter(model, options, true, new Problems());
    return kept.isRespelled() || kept.isCurrent(kept.architecture)
        ? Optional.empty()
        : Optional.of(kept);
  }

  private static KerasGeneration generation(Model model, KerasExportOptions options) {
    if (options.generation() != null) {
      return options.generation();
    }
    boolean older =
        List.of(KerasDialect.KERAS_1.label(), KerasDialect.TF_KERAS.label())
            .contains(model.provenance().generation());
    return older && options.container() != KerasExportOptions.Container.ZIP
        ? KerasGeneration.KERAS_2
        : KerasGeneration.KERAS_3;
  }

  private KerasDialect dialect() {
    return generation == KerasGeneration.KERAS_3 ? KerasDialect.KERAS_3 : KerasDialect.TF_KERAS;
  }

  /**
   * The architecture as its file has it, where that is what the target would read: no key is lost
   * then. Keras 3's {@code .h5} files do not name the modules of their classes, so Keras cannot
   * always read them back; they are spelled anew.
   */
  private Optional<Tree.Obj> asWritten() {
    Provenance provenance = source.provenance();
    boolean same = provenance.generation().equals(dialect().label());
    Optional<Tree.Obj> written = source.written().map(WrittenModel::architecture);
    if (!same || written.isEmpty() || losesVocabulary()) {
      return Optional.empty();
    }
    return generation == KerasGeneration.KERAS_3
        ? written.filter(tree -> tree.has("module") && !losesLora())
        : written.filter(tree -> isOfTensorFlow2(provenance, tree));
  }

  /** Files of HDF5 keep what LoRA adds apart from the kernel, where it is here. */
  private boolean losesLora() {
    return options.container() == KerasExportOptions.Container.HDF5
        && source.layers().stream()
            .anyMatch(layer -> !layer.extras().get("lora_rank").orElse(Tree.none()).isNull());
  }

  /** Only archives keep vocabularies beside the configuration, which may be without them. */
  private boolean losesVocabulary() {
    return options.container() != KerasExportOptions.Container.ZIP
        && source.layers().stream()
            .anyMatch(
                layer -> layer.layer() instanceof VocabularyLayer own && own.vocabulary() != null);
  }

  /** What earlier versions computed otherwise has no words of its own in files. */
  private boolean isCurrent(Tree.Obj written) {
    String version = source.provenance().version();
    return version == null || dialect().isCurrent(written, version);
  }

  /**
   * Multi-backend Keras and TensorFlow 1 leave out keys that 2.15 has other defaults for, and 2.15
   * runs cuDNN's layers on GPUs alone.
   */
  private static boolean isOfTensorFlow2(Provenance provenance, Tree.Obj written) {
    String version = provenance.version() == null ? "" : provenance.version();
    return version.matches("2\\.([4-9]|1\\d)\\..*")
        && !"theano".equals(provenance.backend())
        && !KerasDialect.holdsCudnn(written);
  }

  /** The form of the training configuration; nothing for files that have none. */
  private Optional<TrainingTarget> target() {
    return switch (options.container()) {
      case ZIP -> Optional.of(TrainingTarget.KERAS_3_ZIP);
      case HDF5 ->
          Optional.of(
              generation == KerasGeneration.KERAS_3
                  ? TrainingTarget.KERAS_3_HDF5
                  : TrainingTarget.TF_KERAS_HDF5);
      case WEIGHTS_HDF5, JSON, YAML, NPZ -> Optional.empty();
    };
  }

  private boolean byPath() {
    return switch (options.container()) {
      case ZIP, WEIGHTS_HDF5 -> true;
      default -> false;
    };
  }

  private String suffix() {
    boolean plain =
        generation == KerasGeneration.KERAS_3
            || options.container() == KerasExportOptions.Container.NPZ;
    return plain ? "" : ":0";
  }

  /**
   * Writes the file: beside the target, and moved there when all of it is written.
   *
   * @param approval asked before the file appears, when nothing or all of it is written; what it
   *     throws is thrown, and nothing appears then
   * @throws io.github.weighbridge.core.problem.ProblemsException with what cannot be expressed or
   *     written, nothing being written then
   */
  public void write(Path target, Runnable approval) {
    Problems found = new Problems();
    found.addAll(problems);
    found.throwIfErrors();
    String version = generation == KerasGeneration.KERAS_3 ? "3.15.1" : "2.15.0";
    if (!isWhole()) {
      approval.run();
    }
    switch (options.container()) {
      case ZIP ->
          KerasFileWriter.writeArchive(
              target,
              new KerasArchive(
                  architecture,
                  version,
                  options.saved(),
                  training.beside((KerasWeights.ByPath) weights),
                  vocabularies),
              approval);
      case HDF5 ->
          KerasFileWriter.writeModel(
              target,
              new KerasHdf5Model(
                  architecture,
                  training.config(),
                  new KerasHdf5Weights((KerasWeights.ByLayer) weights, version, "tensorflow"),
                  training.variables()),
              approval);
      case WEIGHTS_HDF5 -> KerasFileWriter.writeWeights(target, (KerasWeights.ByPath) weights);
      case JSON -> KerasFileWriter.writeJson(target, architectureText(version));
      case YAML -> KerasFileWriter.writeYaml(target, architectureText(version));
      case NPZ -> Npz.writeWeights(target, arrays());
    }
  }

  /** Whether the file holds the architecture and the weights. */
  private boolean isWhole() {
    return switch (options.container()) {
      case ZIP, HDF5 -> true;
      case WEIGHTS_HDF5, JSON, YAML, NPZ -> false;
    };
  }

  /** The weights under the names that lead to them. */
  private Map<String, WeightRef> arrays() {
    Map<String, WeightRef> arrays = new LinkedHashMap<>();
    for (KerasWeights.Layer layer : ((KerasWeights.ByLayer) weights).layers()) {
      layer.weights().forEach(weight -> arrays.put(weight.name(), weight.weight()));
    }
    return arrays;
  }

  /** Keras up to 2.15 names its version in the text, Keras 3 does not. */
  private Tree.Obj architectureText(String version) {
    return generation == KerasGeneration.KERAS_3
        ? architecture
        : architecture
            .with("keras_version", Tree.of(version))
            .with("backend", Tree.of("tensorflow"));
  }

  /** How it is to be written. */
  public KerasExportOptions options() {
    return options;
  }

  /** What the target cannot express, drops or changes. */
  public List<Problem> problems() {
    return problems;
  }

  /** Whether the architecture is spelled anew: then reading it again shows what it means. */
  public boolean isRespelled() {
    return respelled;
  }

  /** The model that was spelled: it computes the same as the source, by what the target has. */
  public Model fitted() {
    return fitted;
  }

  /** The generation of Keras that the file is for. */
  public KerasGeneration generation() {
    return generation;
  }

  /** The architecture in the words of the target. */
  public Tree.Obj architecture() {
    return architecture;
  }

  /** The weights as the target keeps them. */
  public KerasWeights weights() {
    return weights;
  }

  /** The vocabularies beside the weights, by the path of the layer. */
  public Map<String, List<String>> vocabularies() {
    return vocabularies;
  }

  /** The form of the file, as its reader will tell it. */
  public KerasForm form() {
    return switch (options.container()) {
      case ZIP -> KerasForm.MODEL_ZIP;
      case HDF5 -> KerasForm.MODEL_HDF5;
      case WEIGHTS_HDF5 -> KerasForm.WEIGHTS_HDF5_V3;
      case NPZ -> KerasForm.WEIGHTS_NPZ;
      case JSON -> KerasForm.ARCHITECTURE_JSON;
      case YAML -> KerasForm.ARCHITECTURE_YAML;
    };
  }
}
