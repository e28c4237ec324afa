package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The messages of a group or dataset, each still as bytes.
 *
 * <p>Read here and not by jhdf, whose headers parse every message at once and fail as a whole for
 * one that it does not know: Keras's bfloat16 (opaque) is such a one, data in other files another.
 * Layout: the package's description.
 */
final class ObjectHeader {

  /** Blocks of a header; every one holds several messages. */
  private static final int MAX_BLOCKS = 10_000;

  private static final int SIGNATURE_BYTES = 4;
  private static final int CHECKSUM_BYTES = 4;
  private static final int V2_SIGNATURE = 0x5244484f; // "OHDR"

  private static final int FLAG_SHARED = 2;

  /** What a message says. */
  enum Type {
    DATASPACE(0x01),
    LINK_INFO(0x02),
    DATATYPE(0x03),
    OLD_FILL_VALUE(0x04),
    FILL_VALUE(0x05),
    LINK(0x06),
    EXTERNAL_FILES(0x07),
    LAYOUT(0x08),
    ATTRIBUTE(0x0c),
    CONTINUATION(0x10),
    SYMBOL_TABLE(0x11),
    ATTRIBUTE_INFO(0x15);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /** The type's number. */
    int code() {
      return code;
    }
  }

  /** A message: its type's number, its flags, its bytes. */
  private record Message(int type, int flags, ByteBuffer body) {}

  /** A part of a header that stands elsewhere. */
  private record Block(long address, long length) {}

  private final MetadataStorage storage;
  private final long address;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<Block> continued = new ArrayDeque<>();
  private boolean tracksOrder;

  private ObjectHeader(MetadataStorage storage, long address) {
    this.storage = storage;
    this.address = address;
  }

  /** Reads the header at an address. */
  static ObjectHeader read(MetadataStorage storage, long address, Place place) {
    return Guarded.read(
        place,
        "an object header",
        () -> {
          ObjectHeader header = new ObjectHeader(storage, address);
          if (storage.map(address, SIGNATURE_BYTES).getInt() == V2_SIGNATURE) {
            header.readNew();
          } else {
            header.readOld(place);
          }
          return header;
        });
  }

  /** Where it stands: the identity of a group or dataset. */
  long address() {
    return address;
  }

  boolean has(Type type) {
    return messages.stream().anyMatch(message -> message.type == type.code);
  }

  /** The bytes of the first message of a type, little-endian, from 0. */
  Optional<ByteBuffer> first(Type type) {
    return all(type).stream().findFirst();
  }

  /** The bytes of the message of a type that there must be. */
  ByteBuffer require(Type type) {
    return first(type)
        .orElseThrow(() -> new IllegalStateException("no " + type + " in the object header"));
  }

  /** The bytes of all messages of a type; shared ones (named datatypes) from where they stand. */
  List<ByteBuffer> all(Type type) {
    List<ByteBuffer> bodies = new ArrayList<>();
    for (Message message : messages) {
      if (message.type == type.code) {
        ByteBuffer body = message.body.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        bodies.add((message.flags & FLAG_SHARED) == 0 ? body : shared(body, type));
      }
    }
    return bodies;
  }

  private ByteBuffer shared(ByteBuffer reference, Type type) {
    int version = reference.get(0);
    ObjectHeader other =
        new ObjectHeader(storage, storage.address(reference, version == 1 ? 8 : 2));
    if (storage.map(other.address, SIGNATURE_BYTES).getInt() == V2_SIGNATURE) {
      other.readNew();
    } else {
      other.readOld(Place.UNKNOWN);
    }
    return other.messages.stream()
        .filter(message -> message.type == type.code && (message.flags & FLAG_SHARED) == 0)
        .map(message -> message.body.duplicate().order(ByteOrder.LITTLE_ENDIAN))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no shared " + type + " where it should be"));
  }

  private void readOld(Place place) {
    ByteBuffer prefix = storage.map(address, 12);
    if (prefix.get(0) != 1) {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          "must have an object header of version 1 or 2",
          "version " + (prefix.get(0) & 0xff) + " at " + address,
          "the file is damaged; copy or save it again");
    }
    // The messages begin at a multiple of 8: four bytes behind the prefix.
    continued.add(new Block(address + 16, prefix.getInt(8) & 0xffffffffL));
    for (int blocks = 0; !continued.isEmpty(); blocks++) {
      checkBlocks(blocks);
      Block block = continued.remove();
      readMessages(storage.map(block.address, block.length), 8, 2);
    }
  }

  private void readNew() {
    int flags = storage.map(address, 6).get(5);
    tracksOrder = (flags & 4) != 0;
    long at = address + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
    int sizeBytes = 1 << (flags & 3);
    long size = storage.unsigned(storage.map(at, sizeBytes), 0, sizeBytes);
    readMessages(storage.map(at + sizeBytes, size), tracksOrder ? 6 : 4, 1);
    for (int blocks = 0; !continued.isEmpty(); blocks++) {
      checkBlocks(blocks);
      Block block = continued.remove();
      // "OCHK", messages, checksum.
      ByteBuffer bytes =
          storage.map(
              block.address + SIGNATURE_BYTES, block.length - SIGNATURE_BYTES - CHECKSUM_BYTES);
      readMessages(bytes, tracksOrder ? 6 : 4, 1);
    }
  }

  private static void checkBlocks(int blocks) {
    if (blocks > MAX_BLOCKS) {
      throw new IllegalStateException("an object header that goes on and on");
    }
  }

  /** Messages: type, size (2), flags (1), then padding or the creation order up to the body. */
  private void readMessages(ByteBuffer bytes, int headBytes, int typeBytes) {
    while (bytes.remaining() >= headBytes) {
      int start = bytes.position();
      int type = (int) storage.unsigned(bytes, start, typeBytes);
      int size = bytes.getShort(start + typeBytes) & 0xffff;
      int flags = bytes.get(start + typeBytes + 2);
      ByteBuffer body = bytes.slice(start + headBytes, size).order(ByteOrder.LITTLE_ENDIAN);
      bytes.position(start + headBytes + size);
      if (type == Type.CONTINUATION.code) {
        int offsetSize = storage.getSizeOfOffsets();
        continued.add(
            new Block(
                storage.address(body, 0),
                storage.unsigned(body, offsetSize, storage.getSizeOfLengths())));
      } else {
        messages.add(new Message(type, flags, body));
      }
    }
  }
}
