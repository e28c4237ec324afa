package io.github.weighbridge.formats.hdf5;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;
import io.jhdf.Constants;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    if (header.hasMessageOfType(SymbolTableMessage.class)) {
      reader.readSymbolTable(header.getMessageOfType(SymbolTableMessage.class));
    } else if (header.hasMessageOfType(LinkInfoMessage.class)) {
      reader.readLinkMessages(header);
    } else {
      throw ProblemsException.of(
          ProblemCode.FILE_MALFORMED, place, "must be a group or a dataset", "neither", "");
    }
    return reader.links;
  }

  /** The older way, which Keras's files have: a B-tree of symbol tables, names in a local heap. */
  private void readSymbolTable(SymbolTableMessage table) {
    ByteBuffer names = new LocalHeap(storage, table.getLocalHeapAddress()).getDataBuffer();
    for (long address :
        BTreeV1.createGroupBTree(storage, table.getBTreeAddress()).getChildAddresses()) {
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
    LinkInfoMessage info = header.getMessageOfType(LinkInfoMessage.class);
    List<LinkMessage> messages = new ArrayList<>();
    if (info.getBTreeNameIndexAddress() == Constants.UNDEFINED_ADDRESS) {
      messages.addAll(header.getMessagesOfType(LinkMessage.class));
    } else {
      FractalHeap heap = new FractalHeap(storage, info.getFractalHeapAddress());
      BTreeV2<LinkNameForIndexedGroupRecord> index =
          new BTreeV2<>(storage, info.getBTreeNameIndexAddress());
      for (LinkNameForIndexedGroupRecord record : index.getRecords()) {
        messages.add(LinkMessage.fromBuffer(heap.getId(record.getId()), storage.getSuperblock()));
      }
    }
    for (LinkMessage message : messages) {
      add(message.getLinkName(), link(message));
    }
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
          "");
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
