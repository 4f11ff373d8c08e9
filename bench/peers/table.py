"""Prints lines of bench/kernels.sh as a Markdown table: the best round of each. Standard library only.

usage: python3 table.py FILE...
"""

import json
import sys

OURS = "ours"


def read(paths):
    """Best samples per second: {(work, batch): {column: rate}}; and all numbers of threads."""
    rows, threads = {}, set()
    for path in paths:
        with open(path) as lines:
            for line in map(json.loads, lines):
                column, rate = OURS, line.get("best_samples_per_second")
                if "library" in line:
                    column, rate = f"{line['library']} {line['mode']}", line["samples_per_second"]
                row = rows.setdefault((line["work"], line["batch"]), {})
                row[column] = max(rate, row.get(column, 0))
                threads.add(line["threads"])
    return rows, threads


def kind(column):
    """Written plainly, cut into blocks by hand, or with MKL told to use AVX-512 (blocks included)."""
    if "avx512" in column:
        return "told"
    return "cut" if "in blocks" in column else "plain"


def main(paths):
    rows, threads = read(paths)
    if len(threads) != 1:
        sys.exit(f"threads {sorted(threads)}: a table is of one number of threads")
    plain = list(dict.fromkeys(c for row in rows.values() for c in row if c != OURS and kind(c) == "plain"))
    works = list(dict.fromkeys(work for work, _ in rows))
    ratios = ["ours / best of these", "or cut by hand", "ours / that", "MKL told", "ours / that"]
    print("| work | batch |", " | ".join([OURS, *plain, *ratios]), "|")
    print("|---|---:|" + "---:|" * (len(plain) + 1 + len(ratios)))
    for work, batch in sorted(rows, key=lambda key: (works.index(key[0]), key[1])):
        row = rows[work, batch]
        cells = [f"{row[c]:,.0f}" if c in row else "-" for c in (OURS, *plain)]
        cut = any(kind(c) == "cut" for c in row)
        for group, kinds in (("plain", ["plain"]), ("cut", ["plain", "cut"] if cut else []), ("told", ["told"])):
            best = max((row[c] for c in row if c != OURS and kind(c) in kinds), default=None)
            if group != "plain":
                cells.append(f"{best:,.0f}" if best else "-")
            cells.append(f"{row[OURS] / best:.2f}" if OURS in row and best else "-")
        print("|", " | ".join([f"`{work}`", f"{batch:,}", *cells]), "|")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1:])
