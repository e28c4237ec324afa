package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.tensor.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** Writes attributes as messages of version 1; see {@link Hdf5Content#texts} for lists. */
final class AttributeMessages {

  /** What Keras lets a list of names have, its limit for what a message can hold. */
  static final int MAX_BYTES = 64_512;

  private final HeaderMessages messages;
  private final HeapTexts heap;

  AttributeMessages(HeaderMessages messages, HeapTexts heap) {
    this.messages = messages;
    this.heap = heap;
  }

  void addAll(Map<String, Hdf5Content.Value> attributes) {
    attributes.forEach(
        (name, value) -> {
          if (value instanceof Hdf5Content.Text text) {
            addText(name, text);
          } else {
            addTexts(name, ((Hdf5Content.Texts) value).texts());
          }
        });
  }

  private void addText(String name, Hdf5Content.Text text) {
    ByteBuffer reference = littleEndian(HeapTexts.REFERENCE_BYTES);
    heap.put(Hdf5Content.utf8(text.text()), reference);
    add(name, DatatypeMessage.variableText(text.utf8()), DataspaceMessage.of(), reference.flip());
  }

  private void addTexts(String name, List<String> texts) {
    List<byte[]> encoded = texts.stream().map(Hdf5Content::utf8).toList();
    int width = Math.max(1, encoded.stream().mapToInt(text -> text.length).max().orElse(0));
    if (encoded.isEmpty()) {
      ByteBuffer type = DatatypeMessage.of(DataType.FLOAT64);
      add(name, type, DataspaceMessage.of(0), ByteBuffer.allocate(0));
    } else if ((long) encoded.size() * width > MAX_BYTES) {
      addSplit(name, encoded, width);
    } else if (encoded.size() * HeapTexts.REFERENCE_BYTES > MAX_BYTES) {
      addFixed(name, encoded, width);
    } else {
      ByteBuffer references = littleEndian(encoded.size() * HeapTexts.REFERENCE_BYTES);
      encoded.forEach(text -> heap.put(text, references));
      add(
          name,
          DatatypeMessage.variableText(false),
          DataspaceMessage.of(encoded.size()),
          references.flip());
    }
  }

  /** As few parts as fit, the first ones longer by one, as numpy's {@code array_split} has them. */
  private void addSplit(String name, List<byte[]> texts, int width) {
    int perPart = MAX_BYTES / width;
    int parts = (texts.size() + perPart - 1) / perPart;
    int longer = texts.size() % parts;
    int from = 0;
    for (int i = 0; i < parts; i++) {
      int to = from + texts.size() / parts + (i < longer ? 1 : 0);
      addFixed(name + i, texts.subList(from, to), width);
      from = to;
    }
  }

  private void addFixed(String name, List<byte[]> texts, int width) {
    ByteBuffer data = ByteBuffer.allocate(texts.size() * width);
    for (int i = 0; i < texts.size(); i++) {
      data.position(i * width).put(texts.get(i));
    }
    add(name, DatatypeMessage.fixedText(width), DataspaceMessage.of(texts.size()), data.rewind());
  }

  private void add(String name, ByteBuffer type, ByteBuffer space, ByteBuffer data) {
    byte[] nameBytes = Hdf5Content.utf8(name);
    long head =
        8
            + MetadataBlocks.aligned(nameBytes.length + 1L)
            + MetadataBlocks.aligned(type.remaining())
            + MetadataBlocks.aligned(space.remaining());
    ByteBuffer body = littleEndian((int) head + data.remaining());
    body.putShort((short) 1).putShort((short) (nameBytes.length + 1));
    body.putShort((short) type.remaining()).putShort((short) space.remaining());
    body.put(nameBytes).put((byte) 0).position((int) MetadataBlocks.aligned(body.position()));
    body.put(type).position((int) MetadataBlocks.aligned(body.position()));
    body.put(space).put(data);
    messages.add(ObjectHeader.Type.ATTRIBUTE, body.flip());
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
