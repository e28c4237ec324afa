package io.github.weighbridge.formats.keras;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.formats.OutputFile;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.archive.ArchiveWriter;
import io.github.weighbridge.formats.archive.EntryChannel;
import io.github.weighbridge.formats.config.Json;
import io.github.weighbridge.formats.config.Yaml;
import io.github.weighbridge.formats.hdf5.Hdf5Content;
import io.github.weighbridge.formats.hdf5.Hdf5Writer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the containers that {@link KerasFile} opens, from plain data in the spelling of the Keras
 * that is to read them. The same data give the same bytes; weights go from file to file where they
 * stand as they are.
 *
 * <p>A target appears when all of it is written and replaces what stood there; it may be the file
 * that the weights come from. Every method throws {@link ProblemsException} with all that the
 * container cannot keep, before anything is written, or if the target cannot be written.
 */
public final class KerasFileWriter {

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss");

  private KerasFileWriter() {}

  /** Writes a {@code .keras} zip; its entries are stored, not compressed, as Keras has them. */
  public static void writeArchive(Path target, KerasArchive archive) {
    writeArchive(target, archive, () -> {});
  }

  /**
   * Writes a {@code .keras} zip.
   *
   * @param approval asked when all is written; what it throws is thrown, and nothing appears then
   */
  public static void writeArchive(Path target, KerasArchive archive, Runnable approval) {
    Problems problems = new Problems();
    Hdf5Content weights = new Hdf5Content(target + "!" + ContainerReader.WEIGHTS, problems);
    PathWeightsWriter.write(archive.weights(), weights);
    Map<String, byte[]> assets =
        Vocabularies.entries(archive.vocabularies(), target.toString(), problems);
    problems.throwIfErrors();
    try (ArchiveWriter zip = ArchiveWriter.create(target)) {
      zip.write(ContainerReader.METADATA, Method.STORED, utf8(Json.write(metadata(archive))));
      zip.write(ContainerReader.CONFIG, Method.STORED, utf8(Json.write(archive.config())));
      try (EntryChannel entry = zip.entry(ContainerReader.WEIGHTS, Method.STORED)) {
        Hdf5Writer.write(entry, weights);
      }
      for (Map.Entry<String, byte[]> asset : assets.entrySet()) {
        zip.write(asset.getKey(), Method.STORED, asset.getValue());
      }
      approval.run();
      zip.finish();
    } catch (IOException e) {
      throw OutputFile.unwritable(target, e);
    }
  }

  private static Tree metadata(KerasArchive archive) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(Hdf5Container.KERAS_VERSION, archive.kerasVersion());
    metadata.put("date_saved", archive.saved().format(DATE));
    return Tree.of(metadata);
  }

  /** Writes a whole model as HDF5: {@code .h5} of Keras 2 and of Keras 3's legacy form. */
  public static void writeModel(Path target, KerasHdf5Model model) {
    writeModel(target, model, () -> {});
  }

  /**
   * Writes a whole model as HDF5.
   *
   * @param approval asked when all is written; what it throws is thrown, and nothing appears then
   */
  public static void writeModel(Path target, KerasHdf5Model model, Runnable approval) {
    Hdf5Content root = new Hdf5Content(target.toString());
    root.text(Hdf5Container.KERAS_VERSION, model.weights().kerasVersion());
    root.text(Hdf5Container.BACKEND, model.weights().backend());
    root.encodedText(Hdf5Container.MODEL_CONFIG, Json.write(model.config()));
    model
        .trainingConfig()
        .ifPresent(config -> root.encodedText(Hdf5Container.TRAINING_CONFIG, Json.write(config)));
    LayerWeightsWriter.write(model.weights(), root.group(Hdf5Container.MODEL_WEIGHTS));
    LayerWeightsWriter.writeOptimizer(model.optimizerWeights(), root);
    Hdf5Writer.write(target, root, approval);
  }

  /** Writes weights by path: {@code .weights.h5} of Keras 2.12 and later. */
  public static void writeWeights(Path target, KerasWeights.ByPath weights) {
    Hdf5Content root = new Hdf5Content(target.toString());
    PathWeightsWriter.write(weights, root);
    Hdf5Writer.write(target, root);
  }

  /** Writes weights by layer: {@code save_weights} before Keras 2.12. */
  public static void writeWeights(Path target, KerasHdf5Weights weights) {
    Hdf5Content root = new Hdf5Content(target.toString());
    LayerWeightsWriter.write(weights, root);
    Hdf5Writer.write(target, root);
  }

  /** Writes an architecture as {@code to_json()} returns it. */
  public static void writeJson(Path target, Tree.Obj architecture) {
    writeText(target, Json.write(architecture));
  }

  /** Writes an architecture as {@code to_yaml()} returned it, before Keras 2.6. */
  public static void writeYaml(Path target, Tree.Obj architecture) {
    writeText(target, Yaml.write(architecture));
  }

  private static void writeText(Path target, String text) {
    try (OutputFile output = OutputFile.create(target)) {
      ByteBuffer bytes = ByteBuffer.wrap(utf8(text));
      while (bytes.hasRemaining()) {
        output.channel().write(bytes);
      }
      output.commit();
    } catch (IOException e) {
      throw OutputFile.unwritable(target, e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
