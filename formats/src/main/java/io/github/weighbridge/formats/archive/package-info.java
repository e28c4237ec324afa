/**
 * Zip archives, read without trust and written in one forward pass.
 *
 * <p>The parts of the format (PKWARE's APPNOTE 6.3.10) that are read and written; all numbers are
 * little-endian:
 *
 * <pre>
 * archive    = { local header, bytes of the entry }, directory, [ZIP64 end, ZIP64 locator], end
 *
 * local      4 "PK\3\4"  2 version  2 flags  2 method (0 stored, 8 deflated)  2 time  2 date
 *            4 CRC-32  4 kept size  4 size  2 name's length  2 extra's length  name  extra
 * directory  4 "PK\1\2"  2 made by  2 version  2 flags  2 method  2 time  2 date
 *            4 CRC-32  4 kept size  4 size  2 name's length  2 extra's  2 comment's
 *            2 disk  2 attributes  4 attributes  4 position of the local header
 *            name  extra  comment                                          (once an entry)
 * end        4 "PK\5\6"  2+2 disks  2+2 entries  4 directory's size  4 its position
 *            2 comment's length  comment
 * ZIP64      4 "PK\6\6"  8 rest's size  2+2 versions  4+4 disks  8+8 entries
 *            8 directory's size  8 its position
 * locator    4 "PK\6\7"  4 disk  8 position of the ZIP64 end  4 disks
 * extra      { 2 id  2 length  bytes };  id 1: sizes and position that do not fit four bytes
 *            (which then are ffffffff), in the order size, kept size, position, 8 bytes each
 * </pre>
 *
 * <p>What counts when reading is the directory; of the local header only the length, which tells
 * where the bytes begin. Names are UTF-8 whatever their flag says. Refused: names that leave the
 * folder, names that stand twice, entries that share bytes, encryption, other methods, sizes beyond
 * the file, expansion beyond the stated size, wrong checksums. Not checked: the checksum of a
 * stored entry that is read in place (it would mean reading every weight twice).
 *
 * <p>When writing, each local header has 20 bytes of extra field: padding (id d935, as zipalign's)
 * that becomes the ZIP64 field if the entry turns out to have 4 GiB or more.
 */
@NullMarked
package io.github.weighbridge.formats.archive;

import org.jspecify.annotations.NullMarked;
