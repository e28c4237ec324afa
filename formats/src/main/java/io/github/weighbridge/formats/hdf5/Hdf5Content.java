package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.Problems;
import io.github.weighbridge.core.tensor.DataType;
import io.github.weighbridge.core.tensor.WeightRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group of a file that is to be written by {@link Hdf5Writer}: attributes, groups and datasets,
 * given one by one. Not thread-safe.
 *
 * <p>Paths are names parted by slashes, relative to the group, as h5py has them. What HDF5 cannot
 * keep (names that are empty, a dot or have a zero character, the same name twice, elements that
 * are no whole bytes, texts that are too long) is collected and told by the writer.
 */
public final class Hdf5Content {

  /** HDF5's own limit. */
  private static final int MAX_RANK = 32;

  /**
   * An array.
   *
   * @param tagged whether its type's name stands beside it, if HDF5 has no such type
   */
  record Dataset(WeightRef weight, boolean tagged) {}

  /** What an attribute holds. */
  sealed interface Value permits Text, Texts {}

  /**
   * One text.
   *
   * @param utf8 how it is tagged; it is UTF-8 either way
   */
  record Text(String text, boolean utf8) implements Value {}

  /** A list of texts. */
  record Texts(List<String> texts) implements Value {}

  private final @Nullable Hdf5Content parent;
  private final String name;
  private final String file;
  private final Problems problems;
  private final Map<String, Value> attributes = new LinkedHashMap<>();
  private final Map<String, Hdf5Content> groups = new LinkedHashMap<>();
  private final Map<String, Dataset> datasets = new LinkedHashMap<>();

  private Hdf5Content(@Nullable Hdf5Content parent, String name, String file, Problems problems) {
    this.parent = parent;
    this.name = name;
    this.file = file;
    this.problems = problems;
  }

  /**
   * The root of a file.
   *
   * @param file what people are told the file is called
   */
  public Hdf5Content(String file) {
    this(file, new Problems());
  }

  /**
   * The root of a file.
   *
   * @param file what people are told the file is called
   * @param problems where what HDF5 cannot keep is told, as soon as it is given
   */
  public Hdf5Content(String file, Problems problems) {
    this(null, "", file, problems);
  }

  /** The group at a path; made, with those on the way, where there is none. */
  public Hdf5Content group(String path) {
    Hdf5Content group = this;
    for (String part : path.split("/", -1)) {
      group = group.child(part);
    }
    return group;
  }

  private Hdf5Content child(String part) {
    return groups.computeIfAbsent(
        part,
        made -> {
          checkName(part);
          checkFree(part, datasets.containsKey(part));
          return new Hdf5Content(this, part, file, problems);
        });
  }

  /** An array at a path, without attributes; the groups on the way are made. */
  public void dataset(String path, WeightRef weight) {
    dataset(path, new Dataset(weight, false));
  }

  /**
   * An array at a path. If HDF5 has no type for its elements (bfloat16), an attribute {@code dtype}
   * tells Keras's name for it.
   */
  public void taggedDataset(String path, WeightRef weight) {
    dataset(path, new Dataset(weight, true));
  }

  private void dataset(String path, Dataset dataset) {
    int slash = path.lastIndexOf('/');
    Hdf5Content group = slash < 0 ? this : group(path.substring(0, slash));
    group.put(path.substring(slash + 1), dataset);
  }

  private void put(String part, Dataset dataset) {
    checkName(part);
    DataType dtype = dataset.weight().dtype();
    if (dtype.bits() < Byte.SIZE) {
      problems.error(
          ProblemCode.DTYPE_UNSUPPORTED,
          place(part),
          "must have elements of a type that HDF5 can keep",
          dtype.toString(),
          "pack or cast the weight");
    }
    if (dataset.weight().type().rank() > MAX_RANK) {
      problems.error(
          ProblemCode.TARGET_LIMIT,
          place(part),
          "must have at most " + MAX_RANK + " axes",
          String.valueOf(dataset.weight().type().rank()),
          "reshape the weight");
    }
    checkFree(part, groups.containsKey(part) || datasets.containsKey(part));
    datasets.put(part, dataset);
  }

  private void checkFree(String part, boolean isTaken) {
    if (isTaken) {
      problems.error(
          ProblemCode.ENTRY_DUPLICATE,
          place(part),
          "must stand once, because HDF5 has one thing under a name",
          "another of that name",
          "give it another name");
    }
  }

  /** A text, tagged as UTF-8: what h5py makes of a {@code str}. */
  public void text(String attribute, String text) {
    attribute(attribute, new Text(text, true));
  }

  /** A text, tagged as ASCII though it is UTF-8: what h5py makes of encoded {@code bytes}. */
  public void encodedText(String attribute, String text) {
    attribute(attribute, new Text(text, false));
  }

  /**
   * A list of texts, as Keras writes it: of variable length; if they are too many for that, of the
   * longest's length; if that has more than 64,512 bytes too, in several attributes with 0, 1, 2...
   * behind the name. An empty list is an empty array of numbers, as numpy has it.
   */
  public void texts(String attribute, List<String> texts) {
    attribute(attribute, new Texts(List.copyOf(texts)));
  }

  private void attribute(String attribute, Value value) {
    checkFree("@" + attribute, attributes.containsKey(attribute));
    attributes.put(attribute, value);
    if (value instanceof Text text) {
      checkText(attribute, text.text(), Integer.MAX_VALUE);
    } else {
      ((Texts) value).texts().forEach(t -> checkText(attribute, t, AttributeMessages.MAX_BYTES));
    }
  }

  private void checkText(String attribute, String text, int maxBytes) {
    if (text.indexOf('\0') >= 0) {
      problems.error(
          ProblemCode.TARGET_LIMIT,
          place("@" + attribute),
          "must be text without zero characters, because HDF5's texts end there",
          shown(text),
          "give it another name");
    }
    if (utf8(text).length > maxBytes) {
      problems.error(
          ProblemCode.TARGET_LIMIT,
          place("@" + attribute),
          "must list texts of at most " + maxBytes + " bytes",
          utf8(text).length + " bytes",
          "give it a shorter name");
    }
  }

  private void checkName(String part) {
    boolean isText = part.equals(new String(utf8(part), StandardCharsets.UTF_8));
    if (part.isEmpty() || part.equals(".") || part.indexOf('\0') >= 0 || !isText) {
      problems.error(
          ProblemCode.TARGET_LIMIT,
          place(part),
          "must have a name that HDF5 can keep: some text other than '.', without zero characters"
              + " and without slashes at its ends",
          shown(part),
          "give it another name");
    }
  }

  private static String shown(String text) {
    return "'" + text.replace("\0", "\\0") + "'";
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Place place(String part) {
    String path = path();
    String at = part.startsWith("@") ? part : (path.endsWith("/") ? "" : "/") + part;
    return Place.file(file).withKey((path + at).replace("\0", "\\0"));
  }

  private String path() {
    Deque<String> parts = new ArrayDeque<>();
    for (Hdf5Content group = this; group.parent != null; group = group.parent) {
      parts.push(group.name);
    }
    return "/" + String.join("/", parts);
  }

  /**
   * Refuses what cannot be kept.
   *
   * @throws io.github.weighbridge.core.problem.ProblemsException with all that was found
   */
  void requireKept() {
    problems.throwIfErrors();
  }

  Map<String, Value> attributes() {
    return attributes;
  }

  Map<String, Hdf5Content> groups() {
    return groups;
  }

  Map<String, Dataset> datasets() {
    return datasets;
  }
}
