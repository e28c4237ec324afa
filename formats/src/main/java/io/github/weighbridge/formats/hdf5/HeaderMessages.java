package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.formats.hdf5.MetadataBlocks.Piece;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The messages of an object that is to be written; {@link ObjectHeader} reads them. */
final class HeaderMessages {

  /** What a message can have: its length has two bytes and is a multiple of 8. */
  static final int MAX_MESSAGE_BYTES = 0xfff8;

  private static final int PREFIX_BYTES = 16;
  private static final int MESSAGE_HEAD_BYTES = 8;

  /** Shared by no other objects, changed by nobody. */
  private static final int FLAG_CONSTANT = 1;

  private record Message(ObjectHeader.Type type, ByteBuffer body) {
    int length() {
      return (int) MetadataBlocks.aligned(body.remaining());
    }

    boolean isConstant() {
      return type == ObjectHeader.Type.DATATYPE || type == ObjectHeader.Type.FILL_VALUE;
    }
  }

  private final List<Message> messages = new ArrayList<>();
  private int length;

  /**
   * Adds a message.
   *
   * @return where its body will begin in the header
   * @throws IllegalArgumentException if it is longer than HDF5 can say
   */
  int add(ObjectHeader.Type type, ByteBuffer body) {
    Message message = new Message(type, body);
    if (message.length() > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("a message of " + message.length() + " bytes");
    }
    int at = PREFIX_BYTES + length + MESSAGE_HEAD_BYTES;
    messages.add(message);
    length += MESSAGE_HEAD_BYTES + message.length();
    return at;
  }

  /** Writes a header of version 1. */
  Piece write(MetadataBlocks blocks) {
    Piece piece = blocks.take(PREFIX_BYTES + length);
    ByteBuffer bytes = piece.bytes();
    bytes.putShort((short) 1).putShort((short) messages.size()).putInt(1).putInt(length).putInt(0);
    for (Message message : messages) {
      int end = bytes.position() + MESSAGE_HEAD_BYTES + message.length();
      bytes.putShort((short) message.type().code()).putShort((short) message.length());
      bytes.putInt(message.isConstant() ? FLAG_CONSTANT : 0);
      bytes.put(message.body().duplicate()).position(end);
    }
    return piece;
  }
}
