package io.github.weighbridge.formats.archive;

import io.github.weighbridge.core.problem.Place;
import io.github.weighbridge.core.problem.ProblemCode;
import io.github.weighbridge.core.problem.ProblemsException;

/** Numbers of the zip format (APPNOTE 6.3.10) that its readers and the writer share. */
final class Headers {

  static final int LOCAL = 0x04034b50;
  static final int CENTRAL = 0x02014b50;
  static final int END = 0x06054b50;
  static final int ZIP64_END = 0x06064b50;
  static final int ZIP64_LOCATOR = 0x07064b50;

  static final int LOCAL_BYTES = 30;
  static final int CENTRAL_BYTES = 46;
  static final int END_BYTES = 22;
  static final int ZIP64_END_BYTES = 56;
  static final int ZIP64_LOCATOR_BYTES = 20;

  static final short VERSION = 20;
  static final short VERSION_ZIP64 = 45;

  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** In a four-byte field: the number stands in the ZIP64 extra field. */
  static final long OVERFLOW = 0xffffffffL;

  private Headers() {}

  static ProblemsException malformed(Place place, String rule, String found) {
    return ProblemsException.of(
        ProblemCode.FILE_MALFORMED,
        place,
        rule,
        found,
        "the file is truncated or damaged; copy or save it again");
  }
}
