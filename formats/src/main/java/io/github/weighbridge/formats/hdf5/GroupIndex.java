package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.formats.hdf5.MetadataBlocks.Piece;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a group finds its members: their names in a local heap, what they lead to in symbol nodes, a
 * B-tree of these.
 *
 * @param tree the address of the B-tree's root
 * @param heap the address of the local heap
 */
record GroupIndex(long tree, long heap) {

  /** Half of what nodes hold; HDF5's own numbers. */
  static final int LEAF_K = 4;

  static final int INTERNAL_K = 16;

  private static final int TREE = 0x45455254; // "TREE"
  private static final int HEAP = 0x50414548; // "HEAP"
  private static final int SYMBOLS = 0x444f4e53; // "SNOD"
  private static final long UNDEFINED = -1;

  /** In a heap without free space. */
  private static final long NOTHING_FREE = 1;

  private static final int HEAP_HEAD_BYTES = 32;

  /** The heap begins with the empty name, which stands before all others. */
  private static final int EMPTY_NAME_BYTES = 8;

  private static final int SYMBOL_BYTES = 40;
  private static final int SYMBOLS_BYTES = 8 + 2 * LEAF_K * SYMBOL_BYTES;
  private static final int TREE_BYTES = 24 + (2 * INTERNAL_K + 1) * 8 + 2 * INTERNAL_K * 8;

  /**
   * A member.
   *
   * @param header the address of its object header
   * @param index its own, if it is a group
   */
  record Symbol(String name, long header, @Nullable GroupIndex index) {

    /** Writes the symbol: where its name is, what it leads to, what of it is told here already. */
    void putTo(ByteBuffer bytes, long nameOffset) {
      bytes.putLong(nameOffset).putLong(header).putInt(index == null ? 0 : 1).putInt(0);
      bytes.putLong(index == null ? 0 : index.tree).putLong(index == null ? 0 : index.heap);
    }
  }

  /** A node of the tree or a symbol node, and where the last name below it stands in the heap. */
  private record Child(long address, long lastName) {}

  /** Writes the index of these members, which are sorted by the bytes of their names. */
  static GroupIndex write(MetadataBlocks blocks, List<Symbol> symbols) {
    long[] offsets = new long[symbols.size()];
    List<byte[]> names = symbols.stream().map(symbol -> Hdf5Content.utf8(symbol.name())).toList();
    long heapBytes = EMPTY_NAME_BYTES;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = heapBytes;
      heapBytes += MetadataBlocks.aligned(names.get(i).length + 1L);
    }
    Piece heap = blocks.take(Math.toIntExact(HEAP_HEAD_BYTES + heapBytes));
    heap.bytes().putInt(HEAP).putInt(0).putLong(heapBytes).putLong(NOTHING_FREE);
    heap.bytes().putLong(heap.address() + HEAP_HEAD_BYTES);
    for (int i = 0; i < offsets.length; i++) {
      heap.bytes().position(HEAP_HEAD_BYTES + (int) offsets[i]).put(names.get(i));
    }
    List<Child> nodes = symbolNodes(blocks, symbols, offsets);
    int level = 0;
    do {
      nodes = treeNodes(blocks, nodes, level);
      level++;
    } while (nodes.size() > 1);
    return new GroupIndex(nodes.get(0).address(), heap.address());
  }

  private static List<Child> symbolNodes(
      MetadataBlocks blocks, List<Symbol> symbols, long[] offsets) {
    List<Child> nodes = new ArrayList<>();
    for (int from = 0; from < offsets.length; from += 2 * LEAF_K) {
      int to = Math.min(offsets.length, from + 2 * LEAF_K);
      Piece node = blocks.take(SYMBOLS_BYTES);
      node.bytes().putInt(SYMBOLS).putShort((short) 1).putShort((short) (to - from));
      for (int i = from; i < to; i++) {
        symbols.get(i).putTo(node.bytes(), offsets[i]);
      }
      nodes.add(new Child(node.address(), offsets[to - 1]));
    }
    return nodes;
  }

  /** One level of the tree; a group without members has a root without children. */
  private static List<Child> treeNodes(MetadataBlocks blocks, List<Child> children, int level) {
    int perNode = 2 * INTERNAL_K;
    int count = Math.max(1, (children.size() + perNode - 1) / perNode);
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pieces.add(blocks.take(TREE_BYTES));
    }
    List<Child> nodes = new ArrayList<>();
    long lastName = 0;
    for (int i = 0; i < count; i++) {
      List<Child> own = children.subList(i * perNode, Math.min(children.size(), (i + 1) * perNode));
      ByteBuffer bytes = pieces.get(i).bytes();
      bytes.putInt(TREE).put((byte) 0).put((byte) level).putShort((short) own.size());
      bytes.putLong(i == 0 ? UNDEFINED : pieces.get(i - 1).address());
      bytes.putLong(i == count - 1 ? UNDEFINED : pieces.get(i + 1).address());
      // Between two children stands the last name below the first.
      bytes.putLong(lastName);
      for (Child child : own) {
        lastName = child.lastName();
        bytes.putLong(child.address()).putLong(lastName);
      }
      nodes.add(new Child(pieces.get(i).address(), lastName));
    }
    return nodes;
  }
}
