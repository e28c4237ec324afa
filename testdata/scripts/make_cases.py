"""Writes the case directories of testdata/ with the Keras of the running environment.

    python testdata/scripts/make_cases.py --environment keras3 [--only 'recurrent/gru*'] [--overwrite]

Cases that are there already are left alone, so a run after adding one row to a table writes one case. Every new
case is loaded again and replayed before it counts.
"""

import argparse
import fnmatch
import logging
import sys
import traceback
import warnings
from collections import Counter
from pathlib import Path

from generation import PINS, require

ROOT = Path(__file__).resolve().parent.parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--environment", required=True, choices=sorted(PINS))
    parser.add_argument("--only", default="*", help="shell pattern on family/case, for example 'pooling/max_*'")
    parser.add_argument("--overwrite", action="store_true", help="write cases anew that are there already")
    parser.add_argument("--check", action="store_true", help="write nothing, replay what is there")
    return parser.parse_args()


def tables(environment):
    """The tables that an environment can write; the old one lacks layers of most."""
    if environment == "keras2_4":
        import operation_layers

        return {"tensorflow": operation_layers.CASES}
    from families import FAMILIES

    return FAMILIES


def selected(environment, pattern):
    """Family name and case of every row that the pattern names; row names must be unique in their family."""
    for family, cases in tables(environment).items():
        repeated = [name for name, count in Counter(case.name for case in cases).items() if count > 1]
        if repeated:
            raise SystemExit(f"family {family}: repeated case names {repeated}")
        for case in cases:
            if fnmatch.fnmatch(f"{family}/{case.name}", pattern):
                yield family, case


def treat(family, case, options):
    """Writes (unless only checking) and replays one case; returns its directories and their problems."""
    import case_writer

    if options.check:
        directories = [case_writer.target(ROOT, family, case, form) for form in case.forms()]
        directories = [directory for directory in directories if directory.exists()]
    else:
        directories = case_writer.write_case(case, family, ROOT, options.overwrite)
    problems = []
    for directory in directories:
        problem = case_writer.check_directory(directory, case)
        if problem:
            problems.append(f"{family}/{directory.name}: {problem}")
    return directories, problems


def main():
    options = arguments()
    require(options.environment)
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)  # both generations warn at every .h5 that the form is old
    counts, problems = Counter(), []
    for family, case in selected(options.environment, options.only):
        try:
            directories, found = treat(family, case, options)
        except Exception as error:  # one bad row must not hide the others
            if "*" not in options.only:
                traceback.print_exc()
            directories, found = [], [f"{family}/{case.name}: {type(error).__name__}: {str(error)[:300]}"]
        counts[family] += len(directories)
        problems += found
        for line in found:
            print("PROBLEM", line, flush=True)
    for family, count in counts.items():
        print(f"{family:16} {count:4} directories {'replayed' if options.check else 'written and replayed'}")
    print(f"{'total':16} {sum(counts.values()):4}, problems: {len(problems)}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
