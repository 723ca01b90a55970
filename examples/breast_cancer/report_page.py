"""The demo's page: the DAG, the run's report, and each exam's views with both heat maps.

One HTML file that needs nothing beside it; pictures are made small and put into it.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image

HEIGHT = 380  # pixels of a picture
VIEWS = ("R_CC", "L_CC", "R_MLO", "L_MLO")  # as radiologists hang them: right breast on the left

HONEST = """\
The local stages are this project's own. Cropping and centring follow the published method and give
the same coordinates. The heatmap and classification models are toys trained on synthetic images; on
real mammograms their output has no meaning, so the predictions
of <code>classify</code> are not shown here. <strong>Not for medical use.</strong>"""

CREDIT = """\
Images: CBIS-DDSM, the Curated Breast Imaging Subset of the Digital Database for Screening
Mammography (DDSM, University of South Florida),
<a href="https://creativecommons.org/licenses/by/3.0/">CC BY
3.0</a>, by way of the package <code>mammograms</code>; shrunk."""

STYLE = """\
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1180px; padding: 0 1rem;
  color: #1c2733; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.2rem }
pre { background: #f5f7f9; border: 1px solid #dde3e9; border-radius: 6px; padding: .8rem 1rem;
  white-space: pre-wrap; font-size: 13px }
.note { border-left: 4px solid #c9a227; background: #fdf8e7; padding: .6rem 1rem }
.dag { text-align: center } .dag svg { max-width: 100%; height: auto }
.views { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem }
figure { margin: 0; background: #0d0f12; border-radius: 6px; padding: .6rem; color: #cfd6de }
figcaption { font-size: 13px; padding-bottom: .4rem }
.three { display: grid; grid-template-columns: repeat(3, 1fr); gap: .5rem; text-align: center;
  font-size: 12px }
.three img { width: 100%; height: 300px; object-fit: contain; display: block }
footer { margin-top: 2.5rem; font-size: 13px; color: #5a6775 }
table { border-collapse: collapse; font-size: 14px } td, th { padding: .15rem .9rem .15rem 0;
  text-align: left; font-weight: normal }"""


@dataclass(frozen=True)
class Results:
    """Folders with what the stages wrote, one folder for each exam in each."""

    crop: Path
    visualize_heatmaps: Path


def page(svg: str, report: str, results: Results) -> str:
    """Return the page."""
    exams = sorted(folder.name for folder in results.visualize_heatmaps.iterdir())
    body = [
        "<h1>Breast cancer prediction in five stages, on this machine</h1>",
        f'<p class="note">{HONEST}</p>',
        f'<h2>The pipeline</h2><div class="dag">{svg}</div>',
        f"<h2>The run</h2><pre>{escape(report)}</pre>",
        *(part for exam in exams for part in _exam(exam, results)),
        f"<footer>{CREDIT}</footer>",
    ]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>bcdsl: the breast-cancer example</title><style>{STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _exam(exam: str, results: Results) -> Iterator[str]:
    yield f"<h2>Exam <code>{escape(exam)}</code></h2>"
    yield '<div class="views">'
    for view in VIEWS:
        plain = results.crop / exam / "cropped_images" / f"{view}.png"
        if plain.exists():
            overlays = results.visualize_heatmaps / exam
            pictures = (
                ("cropped image", _grey(plain)),
                ("benign heat (toy)", _shrunk(overlays / f"{view}_benign.png")),
                ("malignant heat (toy)", _shrunk(overlays / f"{view}_malignant.png")),
            )
            yield _figure(view, pictures)
    yield "</div>"


def _figure(view: str, pictures: Sequence[tuple[str, Image.Image]]) -> str:
    cells = "".join(
        f'<div><img alt="{view}: {name}" src="{_data(picture)}">{name}</div>'
        for name, picture in pictures
    )
    side, angle = view.split("_")
    said = f"{'left' if side == 'L' else 'right'} breast, {angle}"
    return f'<figure><figcaption>{said}</figcaption><div class="three">{cells}</div></figure>'


def _grey(path: Path) -> Image.Image:
    """Return a 16-bit image in 8 bits, stretched to its own range."""
    with Image.open(path) as picture:
        wide = picture.convert("I")
    low, high = (int(value) for value in wide.getextrema())
    scale = 255 / max(high - low, 1)
    return _small(wide.point(lambda value: value * scale - low * scale).convert("L"))


def _shrunk(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return _small(picture.convert("RGB"))


def _small(picture: Image.Image) -> Image.Image:
    width = max(1, round(picture.width * HEIGHT / picture.height))
    return picture.resize((width, HEIGHT), Image.Resampling.LANCZOS)


def _data(picture: Image.Image) -> str:
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=84)
    return "data:image/jpeg;base64," + base64.b64encode(held.getvalue()).decode()
