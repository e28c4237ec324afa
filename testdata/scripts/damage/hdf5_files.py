"""Damaged whole-model .h5 files, made from a chain of three Dense layers (5 -> 7 -> 4 -> 3)."""

import io
import json

import h5py
import numpy as np

from damage import hdf5_configs
from damage.spoiled import (
    Spoiled,
    edited_hdf5,
    flipped,
    hdf5_edit,
    link_instead,
    replaced,
    stored_outside,
)

WEIGHTS = "model_weights"
DENSE = "model_weights/dense_1/dense_1"  # the group that holds kernel:0 (7, 4) and bias:0 (4,)
KERNEL = "kernel:0"


def weight_names(file, layer, names):
    file[WEIGHTS][layer].attrs["weight_names"] = np.array(names, dtype="S")


def layer_names(file, names):
    file[WEIGHTS].attrs["layer_names"] = np.array(names, dtype="S")


def without_bias(file):
    del file[DENSE]["bias:0"]
    weight_names(file, "dense_1", ["dense_1/kernel:0"])


def with_extra(file):
    file[DENSE].create_dataset("gain:0", data=np.ones(4, "float32"))
    weight_names(file, "dense_1", ["dense_1/kernel:0", "dense_1/bias:0", "dense_1/gain:0"])


def with_extra_layer(file):
    group = file[WEIGHTS].create_group("ghost/ghost")
    group.create_dataset(KERNEL, data=np.ones((2, 3), "float32"))
    weight_names(file, "ghost", ["ghost/kernel:0"])
    layer_names(file, ["x", "dense", "dense_1", "dense_2", "ghost"])


def kernel_and_bias_exchanged(file):
    weight_names(file, "dense_1", ["dense_1/bias:0", "dense_1/kernel:0"])


def link_to_spare(file):
    """The link would lead to a dataset of the right shape: following it would go unseen."""
    file.create_dataset("spare", data=np.ones(4, "float32"))
    link_instead(file[DENSE], "bias:0", h5py.SoftLink("/spare"))


def link_to_group(file):
    del file[WEIGHTS]["dense_1"]
    file[WEIGHTS]["dense_1"] = h5py.ExternalLink("elsewhere.h5", "/model_weights/dense_1")


def link_loop(file):
    del file[DENSE][KERNEL]
    file[DENSE][KERNEL] = h5py.SoftLink(f"/{DENSE}/bias:0")
    del file[DENSE]["bias:0"]
    file[DENSE]["bias:0"] = h5py.SoftLink(f"/{DENSE}/{KERNEL}")


def never_written(shape):
    """A dataset of a huge shape of which no byte was ever written: the file stays small."""

    def change(file):
        del file[DENSE][KERNEL]
        file[DENSE].create_dataset(
            KERNEL, shape=shape, dtype="float32", chunks=tuple(min(1024, size) for size in shape)
        )

    return change


def spoiled_chunk(good):
    """A compressed kernel whose bytes are then changed inside the file."""

    def compress(file):
        value = file[DENSE][KERNEL][()]
        replaced(file[DENSE], KERNEL, value, chunks=value.shape, compression="gzip")

    data = edited_hdf5(good, compress)
    with h5py.File(io.BytesIO(data), "r") as file:
        chunk = file[DENSE][KERNEL].id.get_chunk_info(0)
    spoiled = bytearray(data)
    for position in range(chunk.byte_offset + 2, chunk.byte_offset + chunk.size):
        spoiled[position] ^= 0x5A
    return bytes(spoiled)


def sparse_chunk(file):
    """A compressed chunk that expands a thousandfold: 64 MB of zeros."""
    del file[DENSE][KERNEL]
    file[DENSE].create_dataset(
        KERNEL, shape=(4096, 4096), dtype="float32", chunks=(4096, 4096), compression="gzip", compression_opts=9
    )
    file[DENSE][KERNEL][:] = 0.0


def truncated(good):
    size = len(good)
    steps = [
        ("empty", 0, "An empty file."),
        ("signature", 8, "Only the HDF5 signature."),
        ("superblock", 60, "Ends inside the superblock."),
        ("quarter", size // 4, "The first quarter."),
        ("half", size // 2, "The first half."),
        ("last_byte", size - 1, "All but the last byte."),
    ]
    report = "Malformed: file is truncated (size found, size the superblock states) or not HDF5."
    return [Spoiled(f"truncated_{name}.h5", wrong, report, lambda end=end: good[:end]) for name, end, wrong in steps]


def not_hdf5():
    report = "Malformed: not an HDF5 file (the first bytes found)."
    page = b"<!DOCTYPE html>\n<html><head><title>404</title></head><body>Not found</body></html>\n"
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 553467096\n"
    return [
        Spoiled("not_hdf5_text.h5", "Plain text.", report, lambda: b"These are not weights.\n" * 40),
        Spoiled("not_hdf5_page.h5", "An HTML page, as a failed download leaves it.", report, lambda: page),
        Spoiled(
            "not_hdf5_pointer.h5",
            "A Git LFS pointer in place of the file.",
            report + " Best: name Git LFS.",
            lambda: pointer,
        ),
        Spoiled("not_hdf5_zeros.h5", "Zeros only.", report, lambda: bytes(4096)),
    ]


def links(good):
    link = "Refused: links are not followed (layer, dataset, target of the link)."
    outside = "Refused: external storage is not followed (layer, dataset, file named)."
    return [
        Spoiled(
            "external_link.h5",
            "An external link in place of a kernel.",
            link,
            hdf5_edit(good, lambda f: link_instead(f[DENSE], KERNEL, h5py.ExternalLink("elsewhere.h5", "/kernel"))),
        ),
        Spoiled(
            "external_link_up.h5",
            "An external link out of the folder.",
            link,
            hdf5_edit(
                good, lambda f: link_instead(f[DENSE], KERNEL, h5py.ExternalLink("../../elsewhere.h5", "/kernel"))
            ),
        ),
        Spoiled(
            "external_link_group.h5",
            "An external link in place of a layer's group.",
            link,
            hdf5_edit(good, link_to_group),
        ),
        Spoiled(
            "soft_link.h5",
            "A soft link in place of a bias, to another dataset of the same shape.",
            link,
            hdf5_edit(good, link_to_spare),
        ),
        Spoiled(
            "soft_link_dangling.h5",
            "A soft link to nothing.",
            link,
            hdf5_edit(good, lambda f: link_instead(f[DENSE], KERNEL, h5py.SoftLink("/nowhere"))),
        ),
        Spoiled("soft_link_loop.h5", "Two soft links that name each other.", link, hdf5_edit(good, link_loop)),
        Spoiled(
            "external_storage.h5",
            "A kernel whose bytes stand in another file.",
            outside,
            hdf5_edit(good, lambda f: stored_outside(f[DENSE], KERNEL, "outside.bin")),
        ),
        Spoiled(
            "external_storage_up.h5",
            "The same, out of the folder.",
            outside,
            hdf5_edit(good, lambda f: stored_outside(f[DENSE], KERNEL, "../../outside.bin")),
        ),
    ]


def weights(good):
    shape = "Malformed: weight shape (layer, weight, shape found, shape expected)."
    dtype = "Malformed or unsupported: weight dtype (layer, weight, dtype found)."
    count = "Malformed: number of weights of a layer (layer, names found, names expected)."
    return [
        Spoiled(
            "missing_weight.h5",
            "A bias is neither stored nor listed, the config says use_bias.",
            count,
            hdf5_edit(good, without_bias),
        ),
        Spoiled(
            "dangling_weight_name.h5",
            "weight_names lists a dataset that is not there.",
            "Malformed: missing dataset (layer, name).",
            hdf5_edit(good, lambda f: f[DENSE].__delitem__(KERNEL)),
        ),
        Spoiled(
            "missing_layer_group.h5",
            "layer_names lists a group that is not there.",
            "Malformed: missing group (layer).",
            hdf5_edit(good, lambda f: f[WEIGHTS].__delitem__("dense_1")),
        ),
        Spoiled(
            "missing_model_weights.h5",
            "No model_weights group.",
            "Malformed: no weights in the file.",
            hdf5_edit(good, lambda f: f.__delitem__(WEIGHTS)),
        ),
        Spoiled(
            "missing_layer_names.h5",
            "No layer_names attribute.",
            "Malformed: missing attribute layer_names.",
            hdf5_edit(good, lambda f: f[WEIGHTS].attrs.__delitem__("layer_names")),
        ),
        Spoiled(
            "missing_weight_names.h5",
            "A layer's group without weight_names.",
            "Malformed: missing attribute weight_names (layer).",
            hdf5_edit(good, lambda f: f[WEIGHTS]["dense_1"].attrs.__delitem__("weight_names")),
        ),
        Spoiled("extra_weight.h5", "A third weight of a Dense, listed and stored.", count, hdf5_edit(good, with_extra)),
        Spoiled(
            "extra_layer.h5",
            "Weights of a layer that the config does not have.",
            "Malformed: weights of an unknown layer (name).",
            hdf5_edit(good, with_extra_layer),
        ),
        Spoiled(
            "wrong_shape.h5",
            "A kernel of (7, 6) where (7, 4) is expected.",
            shape,
            hdf5_edit(good, lambda f: replaced(f[DENSE], KERNEL, np.ones((7, 6), "float32"))),
        ),
        Spoiled(
            "wrong_shape_transposed.h5",
            "A kernel of (4, 7) where (7, 4) is expected: same size, other shape.",
            shape,
            hdf5_edit(good, lambda f: replaced(f[DENSE], KERNEL, np.ones((4, 7), "float32"))),
        ),
        Spoiled(
            "wrong_rank.h5",
            "A kernel of 28 numbers in one row.",
            shape,
            hdf5_edit(good, lambda f: replaced(f[DENSE], KERNEL, np.ones(28, "float32"))),
        ),
        Spoiled(
            "exchanged_names.h5",
            "weight_names lists the bias before the kernel.",
            shape,
            hdf5_edit(good, kernel_and_bias_exchanged),
        ),
        Spoiled(
            "wrong_dtype_text.h5",
            "A kernel of texts.",
            dtype,
            hdf5_edit(good, lambda f: replaced(f[DENSE], KERNEL, np.full((7, 4), b"1.5", "S3"))),
        ),
        Spoiled(
            "wrong_dtype_integer.h5",
            "A kernel of int32.",
            dtype + " Or read with a cast, as Keras does.",
            hdf5_edit(good, lambda f: replaced(f[DENSE], KERNEL, np.ones((7, 4), "int32"))),
        ),
        Spoiled(
            "wrong_dtype_complex.h5",
            "A kernel of complex numbers (a compound type).",
            dtype,
            hdf5_edit(good, lambda f: replaced(f[DENSE], KERNEL, np.ones((7, 4), "complex64"))),
        ),
        Spoiled(
            "huge_shape.h5",
            "A kernel said to be (2^31, 2^20), never written.",
            shape + " Before any memory is asked for.",
            hdf5_edit(good, never_written((2**31, 2**20))),
        ),
        Spoiled(
            "huge_shape_int.h5",
            "A kernel whose number of elements is 2^32 + 28: 28 in 32 bits.",
            shape,
            hdf5_edit(good, never_written((1, 2**32 + 28))),
        ),
        Spoiled(
            "expanding_chunk.h5",
            "A compressed kernel of 64 MB of zeros in a few kB.",
            shape + " Before the chunk is expanded.",
            hdf5_edit(good, sparse_chunk),
        ),
        Spoiled(
            "spoiled_chunk.h5",
            "A compressed kernel whose compressed bytes are damaged.",
            "Malformed: data cannot be decompressed (layer, weight).",
            lambda: spoiled_chunk(good),
        ),
    ]


def random_bytes(good):
    report = "Any problem, or read as it stands where the bytes did no harm; never an internal error."
    return [
        Spoiled(f"flipped_{seed}.h5", "Twelve random bytes changed.", report, lambda seed=seed: flipped(good, seed))
        for seed in range(6)
    ]


def files(good):
    """All damaged forms of one good file."""
    json.loads(h5py.File(io.BytesIO(good), "r").attrs["model_config"])  # a good file to begin with
    return truncated(good) + not_hdf5() + links(good) + weights(good) + hdf5_configs.files(good) + random_bytes(good)
