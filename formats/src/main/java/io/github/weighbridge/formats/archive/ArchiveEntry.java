package io.github.weighbridge.formats.archive;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An entry of a zip.
 *
 * @param name with forward slashes, relative, without {@code ..}
 * @param method how its bytes are kept
 * @param size in bytes when expanded
 * @param compressedSize in bytes as kept
 * @param crc CRC-32 of the expanded bytes
 * @param position of its first kept byte in the file
 */
public record ArchiveEntry(
    String name, Method method, long size, long compressedSize, long crc, long position) {

  /** How an entry's bytes are kept. */
  public enum Method {
    /** As they are: a part of the file that can be read directly. */
    STORED,
    /** Compressed. */
    DEFLATED
  }

  /** What a zip can say of a name's length. */
  private static final int MAX_NAME_BYTES = 0xffff;

  /**
   * Whether an entry may have this name: relative, with forward slashes, never leaving the folder
   * where the zip would be unpacked, at most 65,535 bytes.
   */
  public static boolean isName(String name) {
    boolean drive = name.length() > 1 && name.charAt(1) == ':';
    boolean leaves = List.of(name.split("/", -1)).contains("..");
    return !name.isEmpty()
        && !name.startsWith("/")
        && !drive
        && !leaves
        && name.indexOf('\\') < 0
        && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME_BYTES;
  }

  /** Whether it is a folder: it has a name and no bytes. */
  public boolean isFolder() {
    return name.endsWith("/");
  }
}
