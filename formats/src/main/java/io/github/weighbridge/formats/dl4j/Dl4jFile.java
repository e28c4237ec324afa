package io.github.weighbridge.formats.dl4j;

import io.github.weighbridge.core.config.Tree;
import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.Problem;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.Holdings;
import io.github.weighbridge.formats.TextFile;
import io.github.weighbridge.formats.Unreadable;
import io.github.weighbridge.formats.archive.Archive;
import io.github.weighbridge.formats.archive.ArchiveEntry;
import io.github.weighbridge.formats.config.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model that DL4J wrote, opened: a zip of {@code ModelSerializer}, or the configuration and the
 * parameters as two files, as DL4J's first versions had them. Parameters stay in the file and are
 * readable until {@link #close}; compressed ones in a temporary file.
 *
 * <p>Entries in which Java objects are serialised are never read, only told of.
 */
public final class Dl4jFile implements AutoCloseable {

  /**
   * A property of configurations that were written here, which DL4J passes over: for each input
   * {@code name}, {@code dtype} and {@code shape}, of which DL4J's own say nothing, all as Keras
   * has them; with {@link #TURNED} if DL4J's array lies otherwise.
   */
  public static final String INPUT_TYPES = "weighbridgeInputs";

  /** A property as {@link #INPUT_TYPES}, for each output: {@link #TURNED} or not. */
  public static final String OUTPUT_TYPES = "weighbridgeOutputs";

  /** Whether DL4J's array has the last axis of Keras's behind the batch. */
  public static final String TURNED = "channelsFirst";

  static final String CONFIGURATION = "configuration.json";
  static final String COEFFICIENTS = "coefficients.bin";
  static final String UPDATER_STATE = "updaterState.bin";

  /** The entry with what prepares inputs, which no model of Keras has. */
  public static final String NORMALIZER = "normalizer.bin";

  /** The package of schedules, with which the names of their classes begin. */
  public static final String SCHEDULES = "org.nd4j.linalg.schedule.";

  private static final String NO_PARAMETERS = "noParams.marker";

  /** Entries that are read; others are told of. */
  private static final Set<String> KNOWN =
      Set.of(CONFIGURATION, COEFFICIENTS, UPDATER_STATE, NORMALIZER, NO_PARAMETERS);

  private static final Set<String> ARRAYS = Set.of(COEFFICIENTS, UPDATER_STATE);

  private final Path path;
  private final Tree.Obj configuration;
  private final @Nullable NdArray coefficients;
  private final @Nullable NdArray updaterState;
  private final Map<String, WeightRef> entries;
  private final Problems problems;
  private final Holdings holdings;

  private Dl4jFile(
      Path path,
      Tree.Obj configuration,
      @Nullable NdArray coefficients,
      @Nullable NdArray updaterState,
      Map<String, WeightRef> entries,
      Problems problems,
      Holdings holdings) {
    this.path = path;
    this.configuration = configuration;
    this.coefficients = coefficients;
    this.updaterState = updaterState;
    this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    this.problems = problems;
    this.holdings = holdings;
  }

  /**
   * Opens a zip.
   *
   * @throws ProblemsException with what is wrong with it
   */
  public static Dl4jFile open(Path zip) {
    return opened(zip, Dl4jFile::read);
  }

  /**
   * Opens a configuration with the parameters of another file, one ND array.
   *
   * @throws ProblemsException with what is wrong with them
   */
  public static Dl4jFile open(Path configuration, Path coefficients) {
    return opened(
        configuration,
        (path, problems, holdings) -> {
          WeightFile file = holdings.closeLater(WeightFile.open(coefficients));
          Place place = Place.file(coefficients.toString());
          return new Dl4jFile(
              path,
              json(TextFile.read(path), path.toString()),
              array(file, 0, file.size(), place),
              null,
              Map.of(COEFFICIENTS, bytes(file, 0, file.size())),
              problems,
              holdings);
        });
  }

  private interface Reader {
    Dl4jFile read(Path path, Problems problems, Holdings holdings) throws IOException;
  }

  private static Dl4jFile opened(Path path, Reader reader) {
    Holdings holdings = new Holdings();
    try {
      return reader.read(path, new Problems(), holdings);
    } catch (IOException e) {
      throw released(holdings, Unreadable.because(Place.file(path.toString()), e));
    } catch (RuntimeException e) {
      throw released(holdings, e);
    }
  }

  private static RuntimeException released(Holdings holdings, RuntimeException reason) {
    try {
      holdings.close();
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
    return reason;
  }

  private static Dl4jFile read(Path path, Problems problems, Holdings holdings) throws IOException {
    Archive archive = holdings.closeLater(Archive.open(path));
    ArchiveEntry configuration = require(archive, path, CONFIGURATION);
    require(archive, path, COEFFICIENTS);
    String text =
        new String(archive.read(configuration, TextFile.MAX_BYTES), StandardCharsets.UTF_8);
    archive.file().checkBeforeWeights(() -> checkStored(archive));
    Map<String, WeightRef> entries = new LinkedHashMap<>();
    Map<String, NdArray> arrays = new HashMap<>();
    for (ArchiveEntry entry : archive.entries()) {
      String name = entry.name();
      if (entry.isFolder() || name.equals(CONFIGURATION)) {
        continue;
      }
      boolean none = name.equals(COEFFICIENTS) && entry.size() == 0;
      if (ARRAYS.contains(name) && !(none && archive.entry(NO_PARAMETERS).isPresent())) {
        NdArray array = array(archive, entry, holdings);
        arrays.put(name, array);
        entries.put(name, bytes(array.file(), array.end() - entry.size(), entry.size()));
      } else {
        entries.put(name, bytes(archive, entry));
        if (!KNOWN.contains(name)) {
          problems.warning(
              ProblemCode.CODE_REFUSED,
              archive.place(entry),
              "is not read: it may hold Java objects, which only a program could make",
              entry.size() + " bytes",
              "");
        }
      }
    }
    return new Dl4jFile(
        path,
        json(text, path + "!" + CONFIGURATION),
        arrays.get(COEFFICIENTS),
        arrays.get(UPDATER_STATE),
        entries,
        problems,
        holdings);
  }

  private static WeightRef bytes(WeightFile file, long position, long count) {
    return WeightRef.of(DataType.UINT8, file, position, count);
  }

  private static WeightRef bytes(Archive archive, ArchiveEntry entry) {
    return entry.method() == ArchiveEntry.Method.STORED
        ? bytes(archive.file(), entry.position(), entry.size())
        : WeightRef.of(DataType.UINT8, new EntrySource(archive, entry), entry.size());
  }

  private static ArchiveEntry require(Archive archive, Path path, String name) {
    return archive
        .entry(name)
        .orElseThrow(
            () ->
                ProblemsException.of(
                    ProblemCode.ENTRY_MISSING,
                    Place.file(path.toString()),
                    "must have the entry " + name,
                    "a zip without it",
                    "save the model with ModelSerializer"));
  }

  /**
   * The array where it stands in the zip, or in a temporary file if it is compressed. Either way
   * against the zip's checksum: in place before the first element is read.
   */
  private static NdArray array(Archive archive, ArchiveEntry entry, Holdings holdings)
      throws IOException {
    if (entry.method() == ArchiveEntry.Method.STORED) {
      long end = entry.position() + entry.size();
      return array(archive.file(), entry.position(), end, archive.place(entry));
    }
    Path expanded = Files.createTempFile("weighbridge", ".bin");
    holdings.deleteLater(expanded);
    try (InputStream in = archive.stream(entry)) {
      Files.copy(in, expanded, StandardCopyOption.REPLACE_EXISTING);
    }
    WeightFile file = holdings.closeLater(WeightFile.open(expanded));
    return array(file, 0, file.size(), archive.place(entry));
  }

  private static void checkStored(Archive archive) throws IOException {
    for (String name : ARRAYS) {
      Optional<ArchiveEntry> entry =
          archive.entry(name).filter(own -> own.method() == ArchiveEntry.Method.STORED);
      if (entry.isPresent()) {
        archive.check(entry.get());
      }
    }
  }

  private static NdArray array(WeightFile file, long start, long limit, Place place)
      throws IOException {
    NdArray array = NdArrayReader.read(file, start, limit, place);
    if (array.end() != limit) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          "must end behind its elements",
          (limit - array.end()) + " further bytes",
          "the file is damaged; save the model again");
    }
    return array;
  }

  private static Tree.Obj json(String text, String name) {
    return Json.parse(text, name)
        .asObject()
        .orElseThrow(
            () ->
                ProblemsException.of(
                    ProblemCode.CONFIG_MALFORMED,
                    Place.file(name),
                    "must be an object",
                    "something else",
                    "save the model again"));
  }

  /** Where the file (of the configuration) is. */
  public Path path() {
    return path;
  }

  /** The configuration, as the file has it. */
  public Tree.Obj configuration() {
    return configuration;
  }

  /** Every parameter, in one vector; nothing if the model has none. */
  public Optional<NdArray> coefficients() {
    return Optional.ofNullable(coefficients);
  }

  /** What the updaters know, in one vector, if the file has it. */
  public Optional<NdArray> updaterState() {
    return Optional.ofNullable(updaterState);
  }

  /** Whether an entry of that name is one of DL4J's own that hold no Java objects. */
  public static boolean isOfDl4j(String name) {
    return KNOWN.contains(name);
  }

  /** The bytes of every entry but the configuration, by name, in the order of the zip. */
  public Map<String, WeightRef> entries() {
    return entries;
  }

  /** What was noticed, and did not stop reading. */
  public List<Problem> warnings() {
    return problems.warnings();
  }

  /** No longer holds the file; parameters can no longer be read. */
  @Override
  public void close() throws IOException {
    holdings.close();
  }
}
