"""Boundaries out of GeoJSON or TopoJSON: which place by TERYT code, in which rings."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from spoiwo.monitoring.errors import BoundariesUnreadable

CODES = ("teryt", "terc", "jpt_kod_je", "code", "kod", "id")
_TERYT = re.compile(r"\d{2}(\d{2}(\d{3})?)?")
FINEST = 0.002  # degrees: about 200 m, less than a picture can show
Point = list[float]
Ring = list[Point]


def read_boundaries(content: bytes) -> dict[str, list[Ring]]:
    """Rings by code. Raises BoundariesUnreadable with a code: "json", "format", "empty"."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise BoundariesUnreadable("json") from None
    if not isinstance(told, dict):
        raise BoundariesUnreadable("format")
    try:
        features = list(_features(told))
    except (AttributeError, KeyError, TypeError, IndexError, ValueError):
        raise BoundariesUnreadable("format") from None
    found = {code: [ring for ring in map(simpler, rings) if len(ring) > 3] for code, rings in features}
    kept = {code: rings for code, rings in found.items() if rings}
    if not kept:
        raise BoundariesUnreadable("empty")
    return kept


def _features(told: Mapping[str, Any]) -> Iterator[tuple[str, list[Ring]]]:
    if told.get("type") == "Topology":
        arcs = _arcs(told)
        for layer in told["objects"].values():
            for shape in layer["geometries"]:
                yield from _coded(shape, _joined(shape, arcs))
        return
    for feature in told["features"]:
        yield from _coded(feature, _polygons(feature["geometry"]))


def _coded(feature: Mapping[str, Any], rings: list[Ring]) -> Iterator[tuple[str, list[Ring]]]:
    said = {str(key).lower(): value for key, value in (feature.get("properties") or {}).items()}
    said.setdefault("id", feature.get("id"))
    for name in CODES:
        code = str(said.get(name) or "")
        if _TERYT.fullmatch(code):
            yield code, rings
            return


def _polygons(geometry: Mapping[str, Any]) -> list[Ring]:
    if geometry["type"] == "Polygon":
        return [_points(ring) for ring in geometry["coordinates"]]
    if geometry["type"] == "MultiPolygon":
        return [_points(ring) for polygon in geometry["coordinates"] for ring in polygon]
    return []


def _points(ring: Iterable[Sequence[float]]) -> Ring:
    return [[float(point[0]), float(point[1])] for point in ring]


def _arcs(told: Mapping[str, Any]) -> list[Ring]:
    transform = told.get("transform")
    if not transform:
        return [_points(arc) for arc in told["arcs"]]
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    arcs = []
    for arc in told["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append([x * kx + dx, y * ky + dy])
        arcs.append(points)
    return arcs


def _joined(shape: Mapping[str, Any], arcs: Sequence[Ring]) -> list[Ring]:
    if shape["type"] == "Polygon":
        polygons = [shape["arcs"]]
    elif shape["type"] == "MultiPolygon":
        polygons = shape["arcs"]
    else:
        return []
    return [_along(ring, arcs) for polygon in polygons for ring in polygon]


def _along(numbers: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs one behind the other; ~n is arc n backwards; the point they share stands once."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def simpler(ring: Ring) -> Ring:
    """The ring without points nearer to the one before than a picture can show; the last closes it."""
    kept = ring[:1]
    for point in ring[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= FINEST:
            kept.append([round(point[0], 4), round(point[1], 4)])
    return [*kept, *ring[-1:]]
