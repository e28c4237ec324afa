"""Checks that HDF5's own library takes a file that Weighbridge wrote, for reading and for writing.

    python check_hdf5.py FILE...

A file is HDF5, or a .keras archive with HDF5 inside. Every object is read. Then a copy is opened for
appending: an attribute, an array and groups are added to each group and taken away again, and what was
there before must be as it was. Last, everything is deleted. Needs h5py. Prints one line a file; the exit
code is 1 if anything is wrong.
"""

import os
import shutil
import sys
import tempfile
import zipfile
import zlib

import h5py
import numpy as np

ENTRY = "model.weights.h5"

# Groups that are changed in the copy; all of a large file would take long.
CHANGED_GROUPS = 200


def walk(file):
    """Every object: path -> (attributes, and of an array: type, shape, checksum)."""
    found = {}
    todo = [("/", file["/"])]
    while todo:
        path, node = todo.pop()
        attributes = {name: str(np.asarray(value).tolist()) for name, value in node.attrs.items()}
        if isinstance(node, h5py.Group):
            found[path] = (attributes, len(node))
            names = list(node)
            assert names == sorted(names, key=lambda name: name.encode()), path
            for name in names:
                assert name in node, (path, name)
                todo.append((path.rstrip("/") + "/" + name, node[name]))
        else:
            assert node.size == 0 or node.id.get_offset() % 8 == 0, path
            found[path] = (attributes, str(node.dtype), node.shape, checksum(node))
    return found


def checksum(dataset):
    if not dataset.shape or not dataset.size:
        return zlib.crc32(dataset[()].tobytes())
    rows = max(1, (16 << 20) // max(1, dataset.nbytes // dataset.shape[0]))
    crc = 0
    for start in range(0, dataset.shape[0], rows):
        crc = zlib.crc32(dataset[start : start + rows].tobytes(), crc)
    return crc


def change(path, before):
    """Adds to groups of a file and takes away again, as a user of h5py may."""
    groups = [name for name, what in before.items() if len(what) == 2][:CHANGED_GROUPS]
    with h5py.File(path, "r+") as file:
        for name in groups:
            group = file[name]
            group.attrs["added by the check"] = "text " * 50
            group.create_dataset("added by the check/array", data=np.arange(1000))
            for i in range(20):
                group.create_group(f"new {i}")
    with h5py.File(path, "r+") as file:
        for name in groups:
            group = file[name]
            assert group["added by the check/array"][999] == 999
            for member in ["added by the check"] + [f"new {i}" for i in range(20)]:
                del group[member]
            del group.attrs["added by the check"]
    with h5py.File(path, "r") as file:
        after = walk(file)
    assert after == before, "what was there before has changed"
    with h5py.File(path, "r+") as file:
        for name in list(file):
            del file[name]
        for name in list(file.attrs):
            del file.attrs[name]
        assert len(file) == 0 and len(file.attrs) == 0


def check(path):
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(path))) as folder:
        copy = os.path.join(folder, "copy.h5")
        if zipfile.is_zipfile(path):
            # Reading an entry to its end compares its checksum.
            with zipfile.ZipFile(path) as archive, archive.open(ENTRY) as entry, open(copy, "wb") as out:
                shutil.copyfileobj(entry, out, 1 << 20)
        else:
            shutil.copy(path, copy)
        with h5py.File(copy, "r") as file:
            before = walk(file)
        change(copy, before)
    return len(before)


def main(paths):
    failed = 0
    for path in paths:
        try:
            print(f"{path}: {check(path)} objects")
        except Exception as e:
            failed += 1
            print(f"{path}: FAILED: {type(e).__name__}: {e}")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
