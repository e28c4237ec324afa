/**
 * Arrays as numpy keeps them: {@code .npy} and {@code .npz}.
 *
 * <pre>
 * array   = 93 "NUMPY"  1 major (1, 2, 3)  1 minor
 *           header's length (2 bytes in version 1, 4 in 2 and 3, little-endian)
 *           header: the text of a Python dict, spaces up to a multiple of 64, a line end
 *           elements, nothing behind them
 * header  = {'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), }
 * descr   = order (&lt; little, &gt; big, | none)  kind  size in bytes
 *           kinds: f i u c (numbers)  b (one byte, 0 or 1)  U (text: the size counts characters,
 *           four bytes each, zeros behind the last)
 * </pre>
 *
 * <p>The header is matched, never evaluated. Refused: {@code O} (pickled Python objects, which are
 * programs), records, dates, raw bytes. With {@code fortran_order} the first axis varies fastest;
 * such arrays are turned when read and never written. An {@code .npz} is a zip of such arrays, the
 * names behind which {@code .npy} is added; positional ones are {@code arr_0}, {@code arr_1}...
 */
@NullMarked
package io.github.weighbridge.formats.npy;

import org.jspecify.annotations.NullMarked;
