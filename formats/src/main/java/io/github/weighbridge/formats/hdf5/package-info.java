/**
 * HDF5 files, as far as networks are kept in them; reading only.
 *
 * <p>The structures are parsed by jhdf; this package decides what is read, from where, and what is
 * refused.
 */
@NullMarked
package io.github.weighbridge.formats.hdf5;

import org.jspecify.annotations.NullMarked;
