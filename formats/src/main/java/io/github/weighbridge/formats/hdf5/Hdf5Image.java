package io.github.weighbridge.formats.hdf5;

import static java.util.Objects.requireNonNull;

import io.github.weighbridge.core.tensor.WeightRef;
import io.github.weighbridge.formats.WeightChannel;
import io.github.weighbridge.formats.hdf5.GroupIndex.Symbol;
import io.github.weighbridge.formats.hdf5.MetadataBlocks.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file laid out: all metadata in memory, members before their groups, and behind them the data,
 * which are read when they are written. Layout: the package's description.
 */
final class Hdf5Image {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', 13, 10, 26, 10};
  private static final int SUPERBLOCK_BYTES = 96;
  private static final int ADDRESS_BYTES = 8;
  private static final long UNDEFINED = -1;

  /** Version 2; space is taken when written to; filled if the user says so; with zeros. */
  private static final byte[] FILL_VALUE = {2, 2, 2, 1, 0, 0, 0, 0};

  private static final byte LAYOUT_VERSION = 3;
  private static final byte CONTIGUOUS = 1;

  /** The root has no name: its symbol leads to the heap's empty one. */
  private static final String NO_NAME = "";

  /**
   * The elements of a dataset.
   *
   * @param offset behind the metadata
   * @param address where the address belongs, which is known when the metadata are
   */
  private record Data(WeightRef weight, long offset, ByteBuffer address) {}

  /** A group whose members are being laid out. */
  private static final class Frame {
    private final String name;
    private final Hdf5Content group;
    private final Iterator<String> left;
    private final List<Symbol> symbols = new ArrayList<>();

    Frame(String name, Hdf5Content group) {
      this.name = name;
      this.group = group;
      this.left =
          Stream.concat(group.groups().keySet().stream(), group.datasets().keySet().stream())
              .sorted(Comparator.comparing(Hdf5Content::utf8, Arrays::compareUnsigned))
              .iterator();
    }
  }

  private final MetadataBlocks blocks = new MetadataBlocks();
  private final HeapTexts texts = new HeapTexts(blocks);
  private final List<Data> data = new ArrayList<>();
  private long dataLength;

  /** Lays out a file. */
  Hdf5Image(Hdf5Content root) {
    ByteBuffer superblock = blocks.take(SUPERBLOCK_BYTES).bytes();
    Symbol symbol = groups(root);
    texts.finish();
    for (Data one : data) {
      one.address().putLong(blocks.length() + one.offset());
    }
    superblock.put(SIGNATURE).putInt(0);
    superblock.put((byte) 0).put((byte) ADDRESS_BYTES).put((byte) ADDRESS_BYTES).put((byte) 0);
    superblock.putShort((short) GroupIndex.LEAF_K).putShort((short) GroupIndex.INTERNAL_K);
    // Flags; base address, free space, end of the file, driver.
    superblock.putInt(0).putLong(0).putLong(UNDEFINED).putLong(length()).putLong(UNDEFINED);
    symbol.putTo(superblock, 0);
  }

  /** How long the file is. */
  long length() {
    return Math.addExact(blocks.length(), dataLength);
  }

  /** Members before their groups, without recursion: models may be nested deeply. */
  private Symbol groups(Hdf5Content root) {
    Deque<Frame> open = new ArrayDeque<>();
    open.push(new Frame(NO_NAME, root));
    while (true) {
      Frame frame = open.element();
      if (frame.left.hasNext()) {
        String member = frame.left.next();
        Hdf5Content group = frame.group.groups().get(member);
        if (group != null) {
          open.push(new Frame(member, group));
        } else {
          Hdf5Content.Dataset dataset = requireNonNull(frame.group.datasets().get(member), member);
          frame.symbols.add(dataset(member, dataset));
        }
        continue;
      }
      open.pop();
      Symbol symbol = group(frame);
      if (open.isEmpty()) {
        return symbol;
      }
      open.element().symbols.add(symbol);
    }
  }

  private Symbol group(Frame frame) {
    GroupIndex index = GroupIndex.write(blocks, frame.symbols);
    HeaderMessages messages = new HeaderMessages();
    messages.add(
        ObjectHeader.Type.SYMBOL_TABLE,
        littleEndian(16).putLong(index.tree()).putLong(index.heap()).flip());
    new AttributeMessages(messages, texts).addAll(frame.group.attributes());
    return new Symbol(frame.name, messages.write(blocks).address(), index);
  }

  private Symbol dataset(String name, Hdf5Content.Dataset dataset) {
    WeightRef weight = dataset.weight();
    HeaderMessages messages = new HeaderMessages();
    messages.add(ObjectHeader.Type.DATASPACE, DataspaceMessage.of(weight.sizes()));
    messages.add(ObjectHeader.Type.DATATYPE, DatatypeMessage.of(weight.dtype()));
    messages.add(ObjectHeader.Type.FILL_VALUE, ByteBuffer.wrap(FILL_VALUE));
    long length = weight.byteCount();
    ByteBuffer layout = littleEndian(2 + 2 * ADDRESS_BYTES);
    layout.put(LAYOUT_VERSION).put(CONTIGUOUS).putLong(UNDEFINED).putLong(length).flip();
    int addressAt = messages.add(ObjectHeader.Type.LAYOUT, layout) + 2;
    if (dataset.tagged() && DatatypeMessage.isOpaque(weight.dtype())) {
      new AttributeMessages(messages, texts).addAll(Map.of("dtype", tag(weight)));
    }
    Piece header = messages.write(blocks);
    if (length > 0) {
      data.add(new Data(weight, dataLength, header.bytes().position(addressAt)));
      dataLength = MetadataBlocks.aligned(Math.addExact(dataLength, length));
    }
    return new Symbol(name, header.address(), null);
  }

  private static Hdf5Content.Value tag(WeightRef weight) {
    return new Hdf5Content.Text(weight.dtype().kerasName(), true);
  }

  /** Writes the whole file. */
  void writeTo(WeightChannel channel) throws IOException {
    for (ByteBuffer block : blocks.blocks()) {
      channel.write(block);
    }
    for (Data one : data) {
      channel.write(one.weight());
      long at = one.weight().byteCount();
      int gap = (int) (MetadataBlocks.aligned(at) - at);
      if (gap > 0) {
        channel.write(ByteBuffer.allocate(gap));
      }
    }
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
