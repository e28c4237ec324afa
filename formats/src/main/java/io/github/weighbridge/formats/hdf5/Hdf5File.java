package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.github.weighbridge.core.tensor.WeightFile;
import io.github.weighbridge.formats.Unreadable;
import io.jhdf.FractalHeap;
import io.jhdf.GlobalHeap;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.AttributeNameForIndexedAttributesRecord;
import io.jhdf.object.message.AttributeMessage;
import io.jhdf.object.message.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HDF5 file that is read, or a part of a file that is one (the stored entry of a zip).
 *
 * <p>Nothing is mapped, no link is followed, and no length is believed before it was compared with
 * the file's. Groups are read when they are asked for; the data of datasets stay in the file. Not
 * thread-safe, but the weights that come out of it are; they are usable as long as somebody holds
 * the {@link WeightFile}.
 *
 * <p>Every method of this package throws {@link ProblemsException} for what is wrong with the file.
 */
public final class Hdf5File implements AutoCloseable {

  /** More groups and datasets are only reached through links that multiply paths. */
  private static final int MAX_NODES = 1_000_000;

  private final WeightFile weightFile;
  private final String name;
  private final MetadataStorage storage;
  private final Hdf5Group root;
  private final Map<Long, GlobalHeap> heaps = new HashMap<>();
  private int nodes;

  private Hdf5File(WeightFile weightFile, String name, Signature.Found found, ByteWindow window) {
    this.weightFile = weightFile;
    this.name = name;
    this.storage = new MetadataStorage(window, place("/"), found.superblock());
    long rootAddress = Guarded.read(place("/"), "a root group", () -> found.rootAddress(storage));
    this.root = new Hdf5Group(this, null, "/", ObjectHeader.read(storage, rootAddress, place("/")));
  }

  /** Opens a file. */
  public static Hdf5File open(Path path) {
    WeightFile file;
    try {
      file = WeightFile.open(path);
    } catch (IOException e) {
      throw Unreadable.because(Place.file(path.toString()), e);
    }
    try (file) {
      return open(file, 0, file.size(), path.toString());
    } catch (IOException e) {
      throw Unreadable.because(Place.file(path.toString()), e);
    }
  }

  /**
   * Opens the part of a file that is an HDF5 file; holds the file until {@link #close}.
   *
   * @param position of its first byte
   * @param length in bytes
   * @param name what people are told it is called
   */
  public static Hdf5File open(WeightFile file, long position, long length, String name) {
    ByteWindow window = new ByteWindow(file, position, length);
    Signature.Found found = Signature.find(window, Place.file(name));
    Hdf5File opened = new Hdf5File(file, name, found, window);
    file.retain();
    return opened;
  }

  /** Whether HDF5 bytes begin at the position: the signature, without a user block. */
  public static boolean isHdf5(ByteBuffer firstBytes) {
    return Signature.startsWith(firstBytes);
  }

  /** The root group. */
  public Hdf5Group root() {
    return root;
  }

  /** What people are told the file is called. */
  public String name() {
    return name;
  }

  /** No longer holds the file; weights are readable as long as somebody else does. */
  @Override
  public void close() throws IOException {
    heaps.clear();
    weightFile.close();
  }

  MetadataStorage storage() {
    return storage;
  }

  Place place(String path) {
    return Place.file(name).withKey(path);
  }

  /**
   * The object at an address: a group, a dataset, or null for a named type, which holds no data.
   */
  @Nullable Hdf5Node open(Hdf5Group parent, String path, long address) {
    Place place = place(path);
    if (++nodes > MAX_NODES) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place,
          "must not have more than " + MAX_NODES + " groups and datasets",
          "more",
          "the file is damaged or made to do harm");
    }
    ObjectHeader header = ObjectHeader.read(storage, address, place);
    if (header.has(ObjectHeader.Type.LAYOUT)) {
      return new Hdf5Dataset(this, path, header);
    }
    return header.has(ObjectHeader.Type.DATATYPE)
        ? null
        : new Hdf5Group(this, parent, path, header);
  }

  Hdf5Attributes attributes(String path, ObjectHeader header) {
    Place place = place(path);
    return new Hdf5Attributes(
        this, place, Guarded.read(place, "an attribute", () -> attributeMessages(header)));
  }

  private Map<String, AttributeMessage> attributeMessages(ObjectHeader header) {
    Map<String, AttributeMessage> messages = new LinkedHashMap<>();
    for (ByteBuffer info : header.all(ObjectHeader.Type.ATTRIBUTE_INFO)) {
      // More than eight attributes, or large ones: in a heap of their own.
      DenseIndex dense = DenseIndex.ofAttributes(storage, info);
      if (dense.isUsed()) {
        FractalHeap heap = new FractalHeap(storage, dense.heapAddress());
        BTreeV2<AttributeNameForIndexedAttributesRecord> index =
            new BTreeV2<>(storage, dense.indexAddress());
        for (AttributeNameForIndexedAttributesRecord record : index.getRecords()) {
          add(messages, heap.getId(record.getHeapId()), record.getFlags());
        }
      }
    }
    for (ByteBuffer message : header.all(ObjectHeader.Type.ATTRIBUTE)) {
      add(messages, message, Message.BASIC_FLAGS);
    }
    return messages;
  }

  private void add(Map<String, AttributeMessage> messages, ByteBuffer bytes, BitSet flags) {
    AttributeMessage message = new AttributeMessage(bytes, storage, flags);
    messages.put(message.getName(), message);
  }

  /**
   * Reads the next reference to a variable-length string, and the string it leads to: byte count
   * (4), address of a global heap collection (the size of offsets), index inside (4).
   */
  String heapString(ByteBuffer references) {
    int length = references.getInt();
    int offsetSize = storage.getSizeOfOffsets();
    long address = 0;
    for (int i = 0; i < offsetSize; i++) {
      address |= (references.get() & 0xffL) << (8 * i);
    }
    int index = references.getInt();
    if (length == 0 || address == 0) {
      return "";
    }
    GlobalHeap heap = heaps.computeIfAbsent(address, a -> new GlobalHeap(storage, a));
    ByteBuffer data = heap.getObjectData(index);
    if (length < 0 || length > data.remaining()) {
      throw new IllegalStateException(
          "a string of " + length + " bytes in a heap object of " + data.remaining());
    }
    // C programs count the zero byte at the end, h5py does not write one.
    return StringBytes.padded(data.slice(0, length), (byte) 0);
  }
}
