package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.SymbolTableEntry;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.LinkMessage;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The links of a group by name, in all three ways that HDF5 stores them; none is followed here. */
final class Links {

  /** Keras's largest published models have some 3,000 links in a group. */
  private static final int MAX_LINKS = 1_000_000;

  private static final int CACHED_SOFT_LINK = 2;

  /** Where a link leads. */
  enum Kind {
    /** To an object header in this file. */
    HARD,
    /** To a path in this file. */
    SOFT,
    /** To a path in another file. */
    EXTERNAL
  }

  /**
   * A link.
   *
   * @param address of the object header; 0 unless hard
   * @param target the path and file; empty if hard
   */
  record Link(Kind kind, long address, String target) {}

  private final MetadataStorage storage;
  private final Place place;
  private final Map<String, Link> links = new LinkedHashMap<>();

  private Links(MetadataStorage storage, Place place) {
    this.storage = storage;
    this.place = place;
  }

  /** The links of the group with this header, in file order (which is by name). */
  static Map<String, Link> of(MetadataStorage storage, ObjectHeader header, Place place) {
    Links reader = new Links(storage, place);
    if (header.has(ObjectHeader.Type.SYMBOL_TABLE)) {
      reader.readSymbolTable(header.require(ObjectHeader.Type.SYMBOL_TABLE));
    } else if (header.has(ObjectHeader.Type.LINK_INFO)) {
      reader.readLinkMessages(header);
    } else {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED,
          place,
          "must be a group or a dataset",
          "neither",
          "the file is damaged; save it again");
    }
    return reader.links;
  }

  /**
   * The older way, which Keras's files have: a B-tree of symbol tables, names in a local heap. The
   * message has the addresses of both.
   */
  private void readSymbolTable(ByteBuffer message) {
    long index = storage.address(message, 0);
    long heap = storage.address(message, storage.getSizeOfOffsets());
    ByteBuffer names = new LocalHeap(storage, heap).getDataBuffer();
    for (long address : BTreeV1.createGroupBTree(storage, index).getChildAddresses()) {
      GroupSymbolTableNode node = new GroupSymbolTableNode(storage, address);
      for (SymbolTableEntry entry : node.getSymbolTableEntries()) {
        Link link =
            entry.getCacheType() == CACHED_SOFT_LINK
                ? new Link(Kind.SOFT, 0, StringBytes.at(names, entry.getLinkValueOffset()))
                : new Link(Kind.HARD, entry.getObjectHeaderAddress(), "");
        add(StringBytes.at(names, entry.getLinkNameOffset()), link);
      }
    }
  }

  /** The newer ways: link messages in the header, or in a fractal heap when there are many. */
  private void readLinkMessages(ObjectHeader header) {
    DenseIndex dense = DenseIndex.ofLinks(storage, header.require(ObjectHeader.Type.LINK_INFO));
    for (ByteBuffer message : header.all(ObjectHeader.Type.LINK)) {
      add(LinkMessage.fromBuffer(message, storage.getSuperblock()));
    }
    if (dense.isUsed()) {
      FractalHeap heap = new FractalHeap(storage, dense.heapAddress());
      BTreeV2<LinkNameForIndexedGroupRecord> index = new BTreeV2<>(storage, dense.indexAddress());
      for (LinkNameForIndexedGroupRecord record : index.getRecords()) {
        add(LinkMessage.fromBuffer(heap.getId(record.getId()), storage.getSuperblock()));
      }
    }
  }

  private void add(LinkMessage message) {
    add(message.getLinkName(), link(message));
  }

  private static Link link(LinkMessage message) {
    return switch (message.getLinkType()) {
      case HARD -> new Link(Kind.HARD, message.getHardLinkAddress(), "");
      case SOFT -> new Link(Kind.SOFT, 0, message.getSoftLink());
      case EXTERNAL ->
          new Link(
              Kind.EXTERNAL, 0, message.getExternalPath() + " in " + message.getExternalFile());
    };
  }

  private void add(String name, Link link) {
    if (links.size() >= MAX_LINKS) {
      throw ProblemsException.of(
          ProblemCode.LIMIT_EXCEEDED,
          place,
          "must not have more than " + MAX_LINKS + " members",
          "more",
          "the file is damaged or made to do harm");
    }
    if (links.putIfAbsent(name, link) != null) {
      throw ProblemsException.of(
          ProblemCode.ENTRY_DUPLICATE,
          place,
          "must not have two members of one name",
          "'" + name + "' twice",
          "the file is damaged; save it again");
    }
  }
}
