"""What a row of the damage tables is, and the steps that several rows share."""

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Callable

import h5py
import numpy as np


@dataclass(frozen=True)
class Spoiled:
    """One damaged file: its name, what is wrong, what a reader should say, and a function giving its bytes."""

    name: str
    wrong: str
    report: str
    make: Callable[[], bytes]


def edited_hdf5(data, edit):
    """The bytes of an HDF5 file after ``edit`` has changed it; h5py may need a real file for external names."""
    buffer = io.BytesIO(data)
    with h5py.File(buffer, "r+") as file:
        edit(file)
    return buffer.getvalue()


def hdf5_edit(good, edit):
    """The same, put off until the bytes are wanted."""
    return lambda: edited_hdf5(good, edit)


def replaced(group, name, value, **options):
    """Puts another dataset in the place of one."""
    del group[name]
    group.create_dataset(name, data=value, **options)


def link_instead(group, name, link):
    """Puts a soft or external link in the place of a dataset."""
    del group[name]
    group[name] = link


def stored_outside(group, name, file_name):
    """Puts a dataset whose bytes stand in another file in the place of one."""
    shape, dtype = group[name].shape, group[name].dtype
    del group[name]
    size = int(np.prod(shape)) * dtype.itemsize
    # No value is written: that would make the outside file.
    group.create_dataset(name, shape=shape, dtype=dtype, external=[(file_name, 0, size)])


def changed_json(text, change):
    """A JSON text after ``change`` has altered the parsed value in place."""
    value = json.loads(text)
    change(value)
    return json.dumps(value)


def layer_of(config, name):
    """The entry of a layer in a functional model's config."""
    return next(layer for layer in config["config"]["layers"] if layer["config"]["name"] == name)


def entries_of(data):
    """Names and contents of a zip, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def zipped(entries, deflated=()):
    """A zip of names and contents, stored as Keras stores them except for those named in ``deflated``.

    All dates are equal, so that the same damage gives the same bytes.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED if name in deflated else zipfile.ZIP_STORED
            archive.writestr(info, content)
    return buffer.getvalue()


def flipped(data, seed, count=12):
    """The data with a few random bytes changed."""
    rng = np.random.default_rng(seed)
    spoiled = bytearray(data)
    for position in rng.integers(0, len(spoiled), count):
        spoiled[position] ^= int(rng.integers(1, 256))
    return bytes(spoiled)
