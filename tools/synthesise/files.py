"""Whole files or none: write under a temporary name, then rename; and skip work that is already done."""

import hashlib
import os
from pathlib import Path


class published:
    """`with published(path) as temporary:` - the file appears at `path` only if the block succeeds."""

    def __init__(self, path):
        self.path = Path(path)
        self.temporary = self.path.with_name(f".unfinished-{self.path.name}")

    def __enter__(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.temporary.unlink(missing_ok=True)
        return str(self.temporary)

    def __exit__(self, kind, _value, _trace):
        if kind is None:
            os.replace(self.temporary, self.path)
        else:
            self.temporary.unlink(missing_ok=True)
        return False


def mark_synthetic(path):
    """Publish `path`.aux.xml, GDAL's place for metadata of files that hold none: SYNTHETIC=YES."""
    with published(f"{path}.aux.xml") as temporary:
        Path(temporary).write_text('<PAMDataset>\n  <Metadata>\n    <MDI key="SYNTHETIC">YES</MDI>\n  </Metadata>\n'
                                   "</PAMDataset>\n")


def digest(*parts):
    """SHA-256 in hexadecimal of texts and, for a Path, of the file's bytes."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        total.update(len(data).to_bytes(8, "little"))
        total.update(data)
    return total.hexdigest()


def generator_digest():
    """Changes when any module of the generator changes."""
    return digest(*sorted(Path(__file__).parent.glob("*.py")))


class Stamp:
    """Remembers which recipe made the files of a folder, so that a second run has nothing to do."""

    def __init__(self, path, recipe_digest):
        self.path = Path(path)
        self.recipe_digest = recipe_digest

    def is_current(self):
        """True if the stamp names this recipe and every file that it lists is there."""
        if not self.path.is_file():
            return False
        first, *names = self.path.read_text().split("\n")
        return first == self.recipe_digest and all((self.path.parent / n).is_file() for n in names if n)

    def write(self, names):
        with published(self.path) as temporary:
            Path(temporary).write_text("\n".join([self.recipe_digest, *sorted(names)]) + "\n")
