package io.github.weighbridge.core.lowering;

/** Functions that take elements by their places, or put them there. */
final class IndexingFunctions {

  private IndexingFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("GetItem(x, key)", ItemAccess::of);
  }
}
