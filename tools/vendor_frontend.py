"""Copy the front-end files of three npm packages into the project, stripped of what may not be shipped.

Run ``python -m tools.vendor_frontend`` where ``npm`` is installed; the result is committed, so that neither
a developer nor a server needs npm. What is changed on the way, and why:

* govuk-frontend: the stylesheet is put into the cascade layer ``govuk``, above the layer ``base`` of our bare
  elements and below every rule of the theme, so that the theme needs no specificity tricks; the GDS Transport
  font (licensed for gov.uk only) and its notice are removed and every use of it is replaced by the custom
  property ``--spoiwo-font``; the royal crest and its rules are removed; source-map comments are removed,
  because the maps are not shipped and a manifest storage would miss them.
* Source Sans 3: only Latin and Latin Extended, weights 400, 600 and 700, woff2.
* htmx: unchanged.
"""

import base64
import hashlib
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src/spoiwo/toolkit/static/vendor"


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package, pinned by version and by the digest that the registry publishes for its archive."""

    name: str
    version: str
    licence: str
    sha512: str


GOVUK = Package(
    "govuk-frontend",
    "6.6.0",
    "MIT",
    "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
)
FONT = Package(
    "@fontsource/source-sans-3",
    "5.3.1",
    "OFL-1.1",
    "O3YxvbotUOgYI2Zx0bBcEMNjnwitRf9P2+9pd54sMoux1NHrdXnMwZusw2P78lFhEzOPN4glOEQmX0ASaS68uA==",
)
HTMX = Package(
    "htmx.org",
    "2.0.10",
    "0BSD",
    "kdeJe7ZVwaS6QMz/ebBIVtZdpwen6L0OQ5GOhPV9MKBb196TCZeZu4yA7ZIQsaLKv7EpXz+So7KSXNuHXhj7Cw==",
)
FONT_STACK = "font-family:var(--spoiwo-font,sans-serif)"
FONT_SUBSETS = ("latin-ext", "latin")
FONT_WEIGHTS = (400, 600, 700)

SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*)\s*$")
FONT_NOTICE = re.compile(r"/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/", re.DOTALL)
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
CREST_RULE = re.compile(r"[^{}]*govuk-footer__copyright-logo[^{}]*\{[^{}]*\}")
EMPTY_AT_RULE = re.compile(r"@[^{};]+\{\}")

# The package ships no licence file of its own; this is the licence of its repository.
GOVUK_LICENCE = """\
The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


class NotThePinnedArchive(Exception):
    """The archive npm gave differs from the one this script was written for."""


def fetch(package: Package, folder: Path) -> Path:
    """Download and unpack a package; answer the folder with its contents.

    Raises NotThePinnedArchive when the archive does not have the pinned digest.
    """
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = folder / packed.stdout.split()[-1]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.sha512:
        raise NotThePinnedArchive(f"{package.name}@{package.version}: {digest}")
    target = folder / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def strip_govuk_css(css: str) -> str:
    """The stylesheet in its cascade layer, without the gov.uk font, the crest and the source map."""
    for pattern in (SOURCE_MAP, FONT_NOTICE, FONT_FACE, CREST_RULE, EMPTY_AT_RULE):
        css = pattern.sub("", css)
    css = css.removeprefix('@charset "UTF-8";').strip()
    css = css.replace("font-family:GDS Transport,arial,sans-serif", FONT_STACK)
    for forbidden in ("GDS Transport", "url(", "crest"):
        if forbidden in css:
            raise NotThePinnedArchive(f"govuk-frontend still holds {forbidden!r}")
    return f"@layer base,govuk;@layer govuk{{{css}}}\n"


def font_faces(package: Path) -> str:
    """``@font-face`` rules of the shipped subsets, with the character ranges the package declares."""
    rules = []
    for weight in FONT_WEIGHTS:
        blocks = (package / f"{weight}.css").read_text(encoding="utf-8")
        for subset in FONT_SUBSETS:
            file = f"source-sans-3-{subset}-{weight}-normal"
            block = blocks.partition(f"/* {file} */")[2].partition("}")[0]
            reach = re.search(r"unicode-range:\s*([^;]+);", block)
            if reach is None:
                raise NotThePinnedArchive(f"no unicode-range for {file}")
            rules.append(
                f'@font-face {{ font-family: "Source Sans 3"; font-style: normal; font-weight: {weight}; '
                f'font-display: swap; src: url("{file}.woff2") format("woff2"); '
                f"unicode-range: {reach.group(1)}; }}\n"
            )
    return "".join(rules)


def vendor_govuk(package: Path, target: Path) -> None:
    """Write the stripped stylesheet, the script and the licence of govuk-frontend."""
    dist = package / "dist/govuk"
    css = (dist / "govuk-frontend.min.css").read_text(encoding="utf-8")
    script = (dist / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (target / "govuk-frontend.min.css").write_text(strip_govuk_css(css), encoding="utf-8")
    (target / "govuk-frontend.min.js").write_text(SOURCE_MAP.sub("", script).strip() + "\n", encoding="utf-8")
    (target / "LICENSE.txt").write_text(GOVUK_LICENCE, encoding="utf-8")


def vendor_font(package: Path, target: Path) -> None:
    """Write the font files, their rules and their licence."""
    for subset in FONT_SUBSETS:
        for weight in FONT_WEIGHTS:
            name = f"source-sans-3-{subset}-{weight}-normal.woff2"
            (target / name).write_bytes((package / "files" / name).read_bytes())
    (target / "source-sans-3.css").write_text(font_faces(package), encoding="utf-8")
    (target / "LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())


def vendor_htmx(package: Path, target: Path) -> None:
    """Write htmx and its licence."""
    (target / "htmx.min.js").write_bytes((package / "dist/htmx.min.js").read_bytes())
    (target / "LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())


def readme() -> str:
    """What lies in the vendor folder, for a reader who wonders where it came from."""
    rows = "".join(
        f"| `{folder}/` | {package.name} | {package.version} | {package.licence} | {change} |\n"
        for folder, package, change in (
            ("govuk-frontend", GOVUK, "font, crest and source maps removed; in a cascade layer"),
            ("source-sans-3", FONT, "Latin and Latin Extended, weights 400, 600, 700"),
            ("htmx", HTMX, "none"),
        )
    )
    return (
        "# Vendored front-end files\n\n"
        "Written by `python -m tools.vendor_frontend`; do not edit by hand.\n\n"
        "| Folder | npm package | Version | Licence | Changes |\n|---|---|---|---|---|\n" + rows
    )


def main() -> None:
    """Replace the vendor folder's files by those of the pinned packages."""
    jobs = (
        (GOVUK, "govuk-frontend", vendor_govuk),
        (FONT, "source-sans-3", vendor_font),
        (HTMX, "htmx", vendor_htmx),
    )
    with tempfile.TemporaryDirectory() as scratch:
        for package, folder, vendor in jobs:
            target = VENDOR / folder
            target.mkdir(parents=True, exist_ok=True)
            vendor(fetch(package, Path(scratch)), target)
    (VENDOR / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main()
