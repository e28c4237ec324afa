"""Damaged inputs, for the model of two inputs: an image (batch, 6, 7, 2) and tokens (batch, 5) of int32."""

import io

import numpy as np

from damage.spoiled import Spoiled, entries_of, flipped, zipped


def saved(*arrays, **named):
    buffer = io.BytesIO()
    np.savez(buffer, *arrays, **named)
    return zipped(entries_of(buffer.getvalue()))


def header(text):
    """A npy entry whose header is the given text, without data."""
    padded = text.encode() + b" " * (63 - (len(text) + 10) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(padded).to_bytes(2, "little") + padded


def files(good):
    """All damaged forms of one good inputs.npz."""
    with np.load(io.BytesIO(good)) as archive:
        image, tokens = archive["arr_0"], archive["arr_1"]
    with_object = np.array([{"a": 1}], dtype=object)
    huge = header("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000, 1000000, 6, 7, 2), }")
    strange = header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, -5), }")
    unread = header("{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,), }")
    missing = "Malformed: input missing (name of the input, entries found)."
    entry = "Malformed: entry is no npy array (entry, what was found)."
    shape = "Refused: input shape (input, found, expected)."
    return [
        Spoiled("inputs_missing_entry.npz", "Only arr_0.", missing, lambda: saved(image)),
        Spoiled("inputs_gap.npz", "arr_0 and arr_2.", missing, lambda: saved(arr_0=image, arr_2=tokens)),
        Spoiled(
            "inputs_extra_entry.npz",
            "arr_2 beyond the two inputs.",
            "Refused: more arrays than inputs.",
            lambda: saved(image, tokens, tokens),
        ),
        Spoiled(
            "inputs_wrong_names.npz",
            "Names that are neither arr_N nor inputs.",
            missing,
            lambda: saved(picture=image, words=tokens),
        ),
        Spoiled("inputs_empty.npz", "An archive without entries.", missing, lambda: zipped([])),
        Spoiled(
            "inputs_wrong_shape.npz",
            "An image of (batch, 7, 6, 2).",
            shape,
            lambda: saved(np.swapaxes(image, 1, 2), tokens),
        ),
        Spoiled("inputs_wrong_rank.npz", "An image without its batch axis.", shape, lambda: saved(image[0], tokens)),
        Spoiled(
            "inputs_different_batches.npz",
            "One sample less in the second input.",
            "Refused: batch sizes differ (inputs, sizes).",
            lambda: saved(image, tokens[1:]),
        ),
        Spoiled(
            "inputs_text.npz",
            "An image of texts.",
            "Refused: input dtype (input, found, expected).",
            lambda: saved(image.astype("U8"), tokens),
        ),
        Spoiled(
            "inputs_tokens_out_of_range.npz",
            "A token of 9 for an Embedding of 9 rows.",
            "Refused: index out of range (layer, index, rows); never a read outside the table.",
            lambda: saved(image, tokens + 9),
        ),
        Spoiled(
            "inputs_tokens_negative.npz",
            "Negative tokens.",
            "Refused: index out of range (layer, index, rows).",
            lambda: saved(image, tokens - 9),
        ),
        Spoiled(
            "inputs_object.npz",
            "A pickled object array.",
            "Refused: object arrays are never unpickled (entry).",
            lambda: saved(with_object, tokens),
        ),
        Spoiled(
            "inputs_huge_header.npz",
            "A header of 84 * 10^12 elements without data.",
            entry + " Before any memory is asked for.",
            lambda: zipped(
                [
                    ("arr_0.npy", huge),
                    ("arr_1.npy", header("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 5), }")),
                ]
            ),
        ),
        Spoiled(
            "inputs_negative_shape.npz",
            "A header with a negative size.",
            entry,
            lambda: zipped([("arr_0.npy", strange)]),
        ),
        Spoiled(
            "inputs_code_header.npz",
            "A header with a Python expression.",
            entry,
            lambda: zipped([("arr_0.npy", unread)]),
        ),
        Spoiled("inputs_not_npy.npz", "An entry of text.", entry, lambda: zipped([("arr_0.npy", b"no array\n")])),
        Spoiled(
            "inputs_truncated.npz", "The first half.", "Malformed: not a readable zip.", lambda: good[: len(good) // 2]
        ),
        Spoiled(
            "inputs_flipped.npz",
            "Twelve random bytes changed.",
            "Any problem, or numbers as they stand; never an internal error.",
            lambda: flipped(good, 200),
        ),
    ]
