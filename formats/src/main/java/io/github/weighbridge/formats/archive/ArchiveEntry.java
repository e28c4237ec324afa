package io.github.weighbridge.formats.archive;

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

  /** Whether it is a folder: it has a name and no bytes. */
  public boolean isFolder() {
    return name.endsWith("/");
  }
}
