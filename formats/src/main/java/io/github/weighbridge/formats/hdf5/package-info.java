/**
 * HDF5 files, as far as networks are kept in them, read and written.
 *
 * <p>Groups and datasets are object headers: lists of messages. They are parsed here, one message
 * at a time, so that a dataset that cannot be read spoils no other; the structures behind them
 * (B-trees, heaps, datatypes, chunks, filters) are parsed by jhdf, through a storage that checks
 * every length. All numbers are little-endian; A is an address (usually 8 bytes, counted from the
 * signature), L a length.
 *
 * <pre>
 * file       signature 89 "HDF" 0d 0a 1a 0a at byte 0, 512, 1024, 2048...; superblock 0 to 3
 * header 1   1 version = 1  1 -  2 messages  4 references  4 size  4 -
 *            { 2 type  2 size  1 flags  3 -  body }            flags bit 1: shared, stands elsewhere
 * header 2   "OHDR"  1 version = 2  1 flags  [16 times]  [4 attribute limits]  1, 2, 4 or 8 size
 *            { 1 type  2 size  1 flags  [2 order]  body }  4 checksum
 *            flags bits 0-1: bytes of size, 2: order, 4: attribute limits, 5: times
 *
 * messages   01 dataspace  02 link info  03 datatype  04 fill value (old)  05 fill value  06 link
 *            07 external files  08 layout  0c attribute  10 continuation (A, L)
 *            11 symbol table (A B-tree, A local heap)  15 attribute info
 *
 * layout     1-2: 1 version  1 rank  1 class  5 -  A        3-4: 1 version  1 class  A ...
 *            class 0 compact (in the header), 1 contiguous, 2 chunked, 3 virtual
 * datatype   4 bits version, 4 bits class  3 class bits  4 size ...
 *            class 0 integer, 1 float, 3 text, 5 opaque, 6 compound, 8 enum, 9 variable length
 * vlen text  4 length  A of a heap collection  4 index in it
 * </pre>
 *
 * <p>A dataset becomes a weight: contiguous little-endian elements as a region of the file,
 * big-endian ones turned while reading, never-written ones as their fill value, all others decoded
 * whole when first read. bfloat16 is opaque of two bytes, with an attribute {@code dtype} in {@code
 * .keras} files and without in {@code .h5}.
 *
 * <p>Texts are UTF-8 whatever the file says: h5py tags encoded bytes as ASCII.
 *
 * <p>Refused: soft and external links, links to a group above, data in other files, virtual
 * datasets, chunks that were never written (their fill value would be lost), chunks that expand
 * beyond their size, structures outside the file, metadata read many times over. Not checked: the
 * Fletcher-32 checksums of chunks.
 *
 * <p>Written is the oldest form that HDF5 has, which is also what h5py writes unless told
 * otherwise:
 *
 * <pre>
 * file       superblock 0, metadata, data; all structures and data at multiples of 8
 * superblock signature  4 versions = 0  0  8 8 sizes of A and L  0  2 leaf k = 4  2 internal k = 16
 *            4 flags  A base = 0  A -  A end of the file  A -  symbol of the root
 * metadata   members before their groups, groups in the order of their names' bytes: of a group its
 *            local heap, symbol nodes, B-tree from the leaves up, and header 1; of a dataset header 1;
 *            between them collections of the global heap
 * heap       "HEAP"  4 version = 0  L size  L = 1 (nothing free)  A names; names end with a zero byte
 * symbols    "SNOD"  1 version = 1  1 -  2 number  { A name in the heap  A header  4 kind (1: group)
 *            4 -  A B-tree  A heap of a group }, 8 of them
 * B-tree     "TREE"  1 type = 0  1 level  2 number  A left  A right  { A name  A child }, 32 of them,
 *            A name; between children stands the last name below the left one
 * texts      "GCOL"  4 version = 1  L size  { 2 index  2 -  4 -  L length  text }, at least 4096 bytes;
 *            index 0 is what is free
 * group      header 1 with 11 symbol table and 0c attributes of version 1
 * dataset    header 1 with 01 dataspace 1, 03 datatype 1, 05 fill value 2 (zeros), 08 layout 3
 *            (contiguous; without elements at no address)
 * attribute  1 version = 1  1 -  2 + 2 + 2 lengths of name, datatype, dataspace, each padded to a
 *            multiple of 8; the value: texts of variable or fixed length, or no numbers
 * data       in the order of the headers
 * </pre>
 */
@NullMarked
package io.github.weighbridge.formats.hdf5;

import org.jspecify.annotations.NullMarked;
