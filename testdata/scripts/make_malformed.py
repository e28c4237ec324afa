"""Writes testdata/malformed/: small good files of other folders, spoiled on purpose, and the table that lists them.

    python testdata/scripts/make_malformed.py [--overwrite]

Needs h5py and numpy only, so either environment does. Files that are there already are left alone.
"""

import argparse
import sys
import warnings
from pathlib import Path

from damage import archive_files, hdf5_files, npz_files

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "malformed"
SOURCES = [
    ("core/dense_chain_keras2/model.h5", hdf5_files, "Whole-model .h5"),
    ("core/dense_chain_keras3/model.keras", archive_files, "Archives .keras"),
    ("models/two_inputs_two_outputs_keras2/inputs.npz", npz_files, "Inputs .npz"),
]
LIMIT = 200 * 1024

INTRODUCTION = """# Damaged files

Written by `scripts/make_malformed.py`; this page too. Each file is a small good one with one thing wrong. A reader
answers each with problems that name the file, the layer or entry, what was found and what to do. It never crashes or
hangs, never asks for memory by a size that a file merely states, never opens a second file and never leaves an output
behind. Where the last column gives a choice, either answer is right.
"""


def table(title, source, rows):
    """One section of the README."""
    lines = [
        f"## {title}",
        "",
        f"Made from `{source}`.",
        "",
        "| file | what is wrong | what a reader reports |",
        "|---|---|---|",
    ]
    lines += [f"| `{row.name}` | {row.wrong} | {row.report} |" for row in rows]
    return "\n".join(lines) + "\n"


def write(row, overwrite):
    """Writes one file; returns whether it did."""
    path = TARGET / row.name
    if path.exists() and not overwrite:
        return False
    data = row.make()
    if len(data) > LIMIT:
        raise SystemExit(f"{row.name}: {len(data)} bytes, more than {LIMIT}")
    path.write_bytes(data)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--overwrite", action="store_true", help="write files anew that are there already")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", "Duplicate name")  # one archive has an entry twice on purpose
    TARGET.mkdir(exist_ok=True)
    sections, written, total = [INTRODUCTION], 0, 0
    for source, module, title in SOURCES:
        good = (ROOT / source).read_bytes()
        rows = module.files(good)
        written += sum(write(row, options.overwrite) for row in rows)
        total += len(rows)
        sections.append(table(title, source, rows))
    (TARGET / "README.md").write_text("\n".join(sections), encoding="utf-8")
    print(f"malformed: {written} written of {total}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
