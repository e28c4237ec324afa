package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A group: named members, which are read when they are asked for. */
public final class Hdf5Group implements Hdf5Node {

  /** Keras nests groups as deep as models; 60 levels are the deepest seen. */
  private static final int MAX_DEPTH = 64;

  private final Hdf5File file;
  private final @Nullable Hdf5Group parent;
  private final String path;
  private final ObjectHeader header;
  private final int depth;
  private @Nullable Map<String, Links.Link> links;

  Hdf5Group(Hdf5File file, @Nullable Hdf5Group parent, String path, ObjectHeader header) {
    this.file = file;
    this.parent = parent;
    this.path = path;
    this.header = header;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Hdf5Attributes attributes() {
    return file.attributes(path, header);
  }

  /**
   * The names of the members, in file order (which is by name, not by creation); links that are not
   * followed stand among them.
   */
  public Set<String> names() {
    return links().keySet();
  }

  /**
   * The member at a path of names parted by slashes, as h5py's {@code group[path]}.
   *
   * @throws ProblemsException if it is a soft or external link, damaged, or too deep
   */
  public Optional<Hdf5Node> find(String relativePath) {
    Hdf5Node node = this;
    for (String name : relativePath.split("/", -1)) {
      if (name.isEmpty()) {
        continue;
      }
      if (!(node instanceof Hdf5Group group)) {
        return Optional.empty();
      }
      Links.Link link = group.links().get(name);
      Hdf5Node child = link == null ? null : group.open(name, link);
      if (child == null) {
        return Optional.empty();
      }
      node = child;
    }
    return Optional.of(node);
  }

  /** The group at a path, if there is one; see {@link #find}. */
  public Optional<Hdf5Group> group(String relativePath) {
    return find(relativePath).filter(Hdf5Group.class::isInstance).map(Hdf5Group.class::cast);
  }

  /** The dataset at a path, if there is one; see {@link #find}. */
  public Optional<Hdf5Dataset> dataset(String relativePath) {
    return find(relativePath).filter(Hdf5Dataset.class::isInstance).map(Hdf5Dataset.class::cast);
  }

  private Map<String, Links.Link> links() {
    if (links == null) {
      Place place = file.place(path);
      links =
          Guarded.read(place, "a list of members", () -> Links.of(file.storage(), header, place));
    }
    return links;
  }

  private @Nullable Hdf5Node open(String name, Links.Link link) {
    String childPath = path.equals("/") ? "/" + name : path + "/" + name;
    if (link.kind() != Links.Kind.HARD) {
      throw ProblemsException.of(
          ProblemCode.LINK_REFUSED,
          file.place(childPath),
          "must not be a link that leads elsewhere",
          (link.kind() == Links.Kind.SOFT ? "a soft link to " : "an external link to ")
              + link.target(),
          "save the file again with copies instead of links");
    }
    for (Hdf5Group above = this; above != null; above = above.parent) {
      if (above.header.address() == link.address()) {
        throw ProblemsException.of(
            ProblemCode.LINK_REFUSED,
            file.place(childPath),
            "must not contain itself",
            "a link back to " + above.path,
            "save the file again with copies instead of links");
      }
    }
    if (depth >= MAX_DEPTH) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          file.place(childPath),
          "must not stand deeper than " + MAX_DEPTH + " groups",
          "a deeper one",
          "the file is damaged or made to do harm");
    }
    return file.open(this, childPath, link.address());
  }

  @Override
  public String toString() {
    return path;
  }
}
