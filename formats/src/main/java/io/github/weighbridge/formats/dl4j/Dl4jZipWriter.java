package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.OutputFile;
import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import io.github.weighbridge.formats.archive.ArchiveWriter;
import io.github.weighbridge.formats.archive.EntryChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes DL4J zips; see the package for the entries. */
public final class Dl4jZipWriter {

  /** What DL4J can read back: it takes an entry into one byte array. */
  static final long MAX_ENTRY_BYTES = Integer.MAX_VALUE - 8L;

  private Dl4jZipWriter() {}

  /**
   * Writes an archive; the target is replaced when all of it is written.
   *
   * @param configuration of a MultiLayerNetwork or a ComputationGraph
   * @param dtype of every parameter: float16, bfloat16, float32 or float64
   * @param parameters in the order of the flat vector, each row-major as it stands there
   * @param updaterState what the updater keeps, in the same form; empty if it keeps nothing
   * @param others further entries, byte by byte
   * @param method how entries are written; DL4J reads both
   * @throws ProblemsException {@link ProblemCode#TARGET_LIMIT} if DL4J could not read it back,
   *     {@link ProblemCode#TARGET_UNWRITABLE} if the file cannot be written
   */
  public static void write(
      Path target,
      Tree.Obj configuration,
      DataType dtype,
      List<WeightRef> parameters,
      List<WeightRef> updaterState,
      Map<String, WeightRef> others,
      Method method) {
    Map<String, NdArrayWriter> arrays = new LinkedHashMap<>();
    arrays.put(Dl4jFile.COEFFICIENTS, new NdArrayWriter(dtype, parameters));
    if (!updaterState.isEmpty()) {
      arrays.put(Dl4jFile.UPDATER_STATE, new NdArrayWriter(dtype, updaterState));
    }
    arrays.values().forEach(array -> requireReadable(target, array.byteCount()));
    requireReadable(target, others);
    write(
        target,
        configuration,
        method,
        zip -> {
          for (Map.Entry<String, NdArrayWriter> array : arrays.entrySet()) {
            try (EntryChannel entry = zip.entry(array.getKey(), method)) {
              array.getValue().writeTo(entry);
            }
          }
          write(zip, others, method);
        });
  }

  /**
   * Writes an archive of entries that are known byte by byte, as {@link Dl4jFile#entries} gives
   * them; the target is replaced when all of it is written.
   *
   * @throws ProblemsException as {@link #write(Path, Tree.Obj, DataType, List, List, Map, Method)}
   */
  public static void write(
      Path target, Tree.Obj configuration, Map<String, WeightRef> entries, Method method) {
    requireReadable(target, entries);
    write(target, configuration, method, zip -> write(zip, entries, method));
  }

  private static void write(ArchiveWriter zip, Map<String, WeightRef> entries, Method method)
      throws IOException {
    for (Map.Entry<String, WeightRef> entry : entries.entrySet()) {
      try (EntryChannel channel = zip.entry(entry.getKey(), method)) {
        channel.write(entry.getValue());
      }
    }
  }

  private interface Content {
    void write(ArchiveWriter zip) throws IOException;
  }

  private static void write(Path target, Tree.Obj configuration, Method method, Content content) {
    byte[] text = ConfigurationText.of(configuration).getBytes(StandardCharsets.UTF_8);
    try (ArchiveWriter zip = ArchiveWriter.create(target)) {
      zip.write(Dl4jFile.CONFIGURATION, method, text);
      content.write(zip);
      zip.finish();
    } catch (IOException e) {
      throw OutputFile.unwritable(target, e);
    }
  }

  /** The name that DL4J's configurations have for a parameter type. */
  public static String typeName(DataType dtype) {
    return NdType.of(dtype).name();
  }

  private static void requireReadable(Path target, Map<String, WeightRef> entries) {
    entries.values().forEach(entry -> requireReadable(target, entry.byteCount()));
  }

  private static void requireReadable(Path target, long bytes) {
    if (bytes > MAX_ENTRY_BYTES) {
      throw ProblemsException.of(
          ProblemCode.TARGET_LIMIT,
          Place.file(target.toString()),
          "must have parameters of less than 2 GiB, because DL4J cannot read more back",
          bytes + " bytes",
          "convert to ONNX");
    }
  }
}
