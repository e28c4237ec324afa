package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.formats.FileKind;
import io.github.weighbridge.formats.Holdings;
import io.github.weighbridge.formats.TextFile;
import io.github.weighbridge.formats.Unreadable;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.config.Yaml;
import io.github.weighbridge.formats.hdf5.Hdf5File;
import io.github.weighbridge.formats.npy.NpzWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens whatever container a path is, and holds what its weights need. */
final class ContainerReader {

  static final String CONFIG = "config.json";
  static final String METADATA = "metadata.json";
  static final String WEIGHTS = "model.weights.h5";
  private static final String PICKLED_WEIGHTS = "model.weights.npz";

  private final Problems problems;
  private final Holdings holdings;

  ContainerReader(Problems problems, Holdings holdings) {
    this.problems = problems;
    this.holdings = holdings;
  }

  Contents read(Path path) {
    FileKind kind = FileKind.of(path);
    String name = path.toString();
    try {
      return switch (kind) {
        case HDF5 -> new Hdf5Container(holdings.closeLater(Hdf5File.open(path)), problems).read();
        case KERAS_ZIP -> zip(holdings.closeLater(Archive.open(path)), name);
        case KERAS_FOLDER -> folder(path);
        case JSON -> json(path, Json.parse(TextFile.read(path), name));
        case NPZ -> npz(path);
        case TEXT ->
            architecture(KerasForm.ARCHITECTURE_YAML, Yaml.parse(TextFile.read(path), name), name);
        case DL4J_ZIP,
            DL4J_JSON,
            NPY,
            PYTORCH_ZIP,
            PYTORCH_LEGACY,
            SAFETENSORS,
            GGUF,
            MATLAB,
            PICKLE,
            ONNX,
            TFLITE,
            CORE_ML,
            TF_GRAPH,
            TF_CHECKPOINT,
            SAVED_MODEL ->
            throw refused(ProblemCode.FORMAT_UNSUPPORTED, name, kind);
        case GIT_LFS_POINTER, MARKUP, EMPTY, COMPRESSED, TAR, ZIP, FOLDER, UNKNOWN ->
            throw refused(ProblemCode.FORMAT_UNKNOWN, name, kind);
      };
    } catch (IOException e) {
      throw Unreadable.because(Place.file(name), e);
    }
  }

  private Contents json(Path path, Tree tree) {
    return Shards.isIndex(tree)
        ? new Shards(path, problems, holdings).read(tree.asObject().orElseThrow())
        : architecture(KerasForm.ARCHITECTURE_JSON, tree, path.toString());
  }

  private static Contents architecture(KerasForm form, Tree tree, String name) {
    Optional<String> text = tree.asText().filter(t -> t.startsWith("{"));
    if (text.isPresent()) {
      // json.dump(model.to_json(), file) makes a text of what is one already.
      return architecture(KerasForm.ARCHITECTURE_JSON, Json.parse(text.get(), name), name);
    }
    Optional<Tree.Obj> old = Keras0Architecture.toKeras1(tree);
    return old.isPresent()
        ? Contents.architecture(form, old.get(), Optional.of(KerasGeneration.KERAS_1))
        : Contents.architecture(form, ArchitectureText.require(tree, name));
  }

  private Contents npz(Path path) {
    NpzWeights weights;
    try {
      weights = NpzWeights.open(path);
    } catch (ProblemsException e) {
      boolean pickled = e.problems().stream().anyMatch(p -> p.code() == ProblemCode.CODE_REFUSED);
      throw pickled ? pickled(Place.file(path.toString()), e) : e;
    }
    holdings.closeLater(weights);
    return new Contents(
        KerasForm.WEIGHTS_NPZ,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new KerasWeights.ByName(weights.arrays())),
        List.of());
  }

  private Contents zip(Archive archive, String name) throws IOException {
    Optional<ArchiveEntry> weights = archive.entry(WEIGHTS);
    Tree.Obj config = json(entryText(archive, CONFIG), name, CONFIG);
    Optional<Tree.Obj> metadata =
        archive.entry(METADATA).isPresent()
            ? Optional.of(json(entryText(archive, METADATA), name, METADATA))
            : noMetadata(name);
    if (weights.isEmpty()) {
      throw noWeights(name, archive.entry(PICKLED_WEIGHTS).isPresent());
    }
    return contents(
        name,
        KerasForm.MODEL_ZIP,
        config,
        metadata,
        hdf5(archive, weights.get(), name),
        Vocabularies.of(archive));
  }

  private Contents folder(Path folder) throws IOException {
    String name = folder.toString();
    Path weights = folder.resolve(WEIGHTS);
    Tree.Obj config = json(TextFile.read(folder.resolve(CONFIG)), name, CONFIG);
    Path metadataFile = folder.resolve(METADATA);
    Optional<Tree.Obj> metadata =
        Files.exists(metadataFile)
            ? Optional.of(json(TextFile.read(metadataFile), name, METADATA))
            : noMetadata(name);
    if (!Files.exists(weights)) {
      throw noWeights(name, Files.exists(folder.resolve(PICKLED_WEIGHTS)));
    }
    return contents(
        name,
        KerasForm.MODEL_FOLDER,
        config,
        metadata,
        Hdf5File.open(weights),
        Vocabularies.of(folder));
  }

  private Contents contents(
      String name,
      KerasForm form,
      Tree.Obj config,
      Optional<Tree.Obj> metadata,
      Hdf5File weights,
      Map<String, List<String>> vocabularies) {
    holdings.closeLater(weights);
    Contents values = new Hdf5Container(weights, problems).pathWeights();
    Optional<String> version = metadata.flatMap(data -> data.text("keras_version"));
    Optional<KerasGeneration> stated = version.flatMap(KerasGeneration::ofVersion);
    if (version.isPresent() && stated.isEmpty()) {
      problems.warning(
          ProblemCode.FORMAT_UNSUPPORTED,
          Place.file(name).withKey(METADATA),
          "must be of a known version of Keras, 1 to 3; it is read as what it looks like",
          version.get(),
          "compare its predictions with Keras's");
    }
    return new Contents(
        form,
        version,
        stated.or(() -> KerasGeneration.ofConfig(config)),
        Optional.empty(),
        Optional.of(config),
        config.object("compile_config"),
        values.weights(),
        values.optimizerWeights(),
        vocabularies);
  }

  /**
   * The weights where they stand in the zip, or in a temporary file if they are compressed. Either
   * way against the zip's checksum: in place before the first is read.
   */
  private Hdf5File hdf5(Archive archive, ArchiveEntry entry, String name) throws IOException {
    String shown = name + "!" + WEIGHTS;
    if (entry.method() == ArchiveEntry.Method.STORED) {
      archive.file().checkBeforeWeights(() -> archive.check(entry));
      return Hdf5File.open(archive.file(), entry.position(), entry.size(), shown);
    }
    Path expanded = Files.createTempFile("weighbridge", ".h5");
    holdings.deleteLater(expanded);
    try (InputStream in = archive.stream(entry)) {
      Files.copy(in, expanded, StandardCopyOption.REPLACE_EXISTING);
    }
    WeightFile file = holdings.closeLater(WeightFile.open(expanded));
    return Hdf5File.open(file, 0, file.size(), shown);
  }

  private static String entryText(Archive archive, String entry) {
    return new String(
        archive.read(archive.entry(entry).orElseThrow(), TextFile.MAX_BYTES),
        StandardCharsets.UTF_8);
  }

  private static Tree.Obj json(String text, String file, String entry) {
    Tree tree = Json.parse(text, file + "!" + entry);
    return tree.asObject()
        .orElseThrow(
            () ->
                ProblemsException.of(
                    ProblemCode.CONFIG_MALFORMED,
                    Place.file(file + "!" + entry),
                    "must be a JSON object",
                    tree.isArray() ? "an array" : "a single value",
                    "save the model again"));
  }

  private Optional<Tree.Obj> noMetadata(String name) {
    problems.warning(
        ProblemCode.ENTRY_MISSING,
        Place.file(name).withKey(METADATA),
        "must tell the version that wrote the model",
        "no such entry",
        "what the model looks like decides");
    return Optional.empty();
  }

  private static ProblemsException noWeights(String name, boolean pickled) {
    return pickled
        ? pickled(Place.file(name).withKey(PICKLED_WEIGHTS), null)
        : ProblemsException.of(
            ProblemCode.ENTRY_MISSING,
            Place.file(name).withKey(WEIGHTS),
            "must be in a .keras archive",
            "no such entry",
            "save the model again");
  }

  private static ProblemsException pickled(Place place, @Nullable Throwable cause) {
    return ProblemsException.of(
        ProblemCode.CODE_REFUSED,
        place,
        "must keep its weights as data",
        "Python pickles, which are programs",
        "save the model again; Keras writes " + WEIGHTS + " where h5py is installed",
        cause);
  }

  private static ProblemsException refused(ProblemCode code, String name, FileKind kind) {
    return ProblemsException.of(
        code, Place.file(name), "must be a file that Keras wrote", kind.words(), kind.advice());
  }
}
