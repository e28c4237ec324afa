package io.github.weighbridge.formats.archive;

import io.github.weighbridge.formats.archive.ArchiveEntry.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** An entry while it is written, and its two headers. */
final class EntryRecord {

  /** 1980-01-01, the first day that a zip can tell. */
  private static final int DATE = 1 << 5 | 1;

  private static final int UTF8_NAME = 1 << 11;

  /** An extra field that readers skip; it becomes the ZIP64 one if the entry turns out so long. */
  private static final short PADDING_FIELD = (short) 0xd935;

  private static final short ZIP64_FIELD = 1;
  private static final int EXTRA_BYTES = 20;

  private final byte[] name;
  private final boolean ascii;
  private final Method method;
  private final long position;
  long size;
  long compressedSize;
  long crc;

  EntryRecord(String name, Method method, long position) {
    this.name = name.getBytes(StandardCharsets.UTF_8);
    this.ascii = this.name.length == name.length();
    this.method = method;
    this.position = position;
  }

  Method method() {
    return method;
  }

  long position() {
    return position;
  }

  private boolean zip64() {
    return size >= Headers.OVERFLOW || compressedSize >= Headers.OVERFLOW;
  }

  /** Before the entry's bytes, and over it again when they are written. */
  ByteBuffer localHeader() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Headers.LOCAL_BYTES + name.length + EXTRA_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(Headers.LOCAL);
    putCommon(bytes, zip64());
    bytes.putShort((short) EXTRA_BYTES).put(name);
    bytes.putShort(zip64() ? ZIP64_FIELD : PADDING_FIELD).putShort((short) (EXTRA_BYTES - 4));
    bytes.putLong(zip64() ? size : 0).putLong(zip64() ? compressedSize : 0);
    return bytes.flip();
  }

  /** In the directory. */
  ByteBuffer centralHeader() {
    boolean far = position >= Headers.OVERFLOW;
    int extra = zip64() || far ? 4 + (zip64() ? 16 : 0) + (far ? 8 : 0) : 0;
    ByteBuffer bytes =
        ByteBuffer.allocate(Headers.CENTRAL_BYTES + name.length + extra)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(Headers.CENTRAL).putShort(Headers.VERSION_ZIP64);
    putCommon(bytes, zip64());
    bytes.putShort((short) extra);
    // Comment's length, disk, attributes inside and outside.
    bytes.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    bytes.putInt((int) Math.min(position, Headers.OVERFLOW)).put(name);
    if (extra > 0) {
      bytes.putShort(ZIP64_FIELD).putShort((short) (extra - 4));
      if (zip64()) {
        bytes.putLong(size).putLong(compressedSize);
      }
      if (far) {
        bytes.putLong(position);
      }
    }
    return bytes.flip();
  }

  /** What both headers have, up to the name's length. */
  private void putCommon(ByteBuffer bytes, boolean zip64) {
    bytes.putShort(zip64 ? Headers.VERSION_ZIP64 : Headers.VERSION);
    bytes.putShort((short) (ascii ? 0 : UTF8_NAME));
    bytes.putShort((short) (method == Method.STORED ? Headers.STORED : Headers.DEFLATED));
    bytes.putShort((short) 0).putShort((short) DATE).putInt((int) crc);
    bytes.putInt((int) (zip64 ? Headers.OVERFLOW : compressedSize));
    bytes.putInt((int) (zip64 ? Headers.OVERFLOW : size));
    bytes.putShort((short) name.length);
  }
}
