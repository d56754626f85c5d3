"""Drawings as pictures: SVG, which pages show, turned into PNG for files and word processors."""

from typing import cast


def png_of(svg: str, *, width: int = 1600) -> bytes:
    """The drawing as PNG, ``width`` pixels wide, on white. Nothing outside the drawing is read."""
    import resvg_py  # only wanted when a picture leaves the platform

    made = resvg_py.svg_to_bytes(svg_string=svg, width=width, background="#ffffff", font_family="DejaVu Sans")
    return bytes(cast("bytes | list[int]", made))
