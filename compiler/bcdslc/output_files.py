"""Which files a compilation makes of its specs, and which earlier ones it leaves behind.

A folder holds one file for each stage and a manifest, which says for each document what was
written. Only what the manifest lists is ever called left behind, or written over.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdslc.emit import TextFormat, spec_text, specs_text
from bcdslc.spec.spec import Spec

MANIFEST = "bcdsl.manifest"
NO_MANIFEST = "BC490"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What a compilation wants on disk."""

    texts: Mapping[str, str]  # path: its text
    manifest: tuple[str, Mapping[str, Sequence[str]]] | None = None  # its path; files by document
    left: tuple[str, ...] = ()  # paths of files of stages that no longer exist
    unlisted: tuple[str, ...] = ()  # paths of texts that no document has written before


def is_file(out: str) -> bool:
    """Tell whether an output names one file rather than a folder."""
    return out.endswith((".json", ".yaml", ".yml"))


def one_file(out: str, specs: Sequence[Spec], format: TextFormat) -> Outputs:
    """Return all specs in one file."""
    return Outputs(texts={out: specs_text(specs, format)})


def folder(
    out: str, title: str, specs: Sequence[Spec], stages: Collection[str], format: TextFormat
) -> Outputs | Diagnostic:
    """Return one file for each spec, and the files of this document whose stages are gone.

    `stages` are all stages of the document, of which `specs` may be some.
    """
    place = Path(out) / MANIFEST
    listed = _listed(place)
    if isinstance(listed, Diagnostic):
        return listed
    texts = {f"{spec.name}.{format.value}": spec_text(spec, format) for spec in specs}
    before = listed.get(title, ())
    others = {name for files in listed.values() if files is not before for name in files}
    gone = [
        name
        for name in before
        if name not in texts and (_stage(name) not in stages or len(specs) == len(stages))
    ]
    files = sorted({*before, *texts})
    new = [name for name in texts if name not in others and name not in before]
    return Outputs(
        texts={str(Path(out) / name): text for name, text in texts.items()},
        manifest=(str(place), {**listed, title: files}),
        left=tuple(str(Path(out) / name) for name in gone if name not in others),
        unlisted=tuple(str(Path(out) / name) for name in new),
    )


def without_left(outputs: Outputs) -> Outputs:
    """Return the outputs once what was left behind is removed."""
    if outputs.manifest is None:
        return outputs
    gone = {Path(name).name for name in outputs.left}
    place, listed = outputs.manifest
    kept = {title: [name for name in files if name not in gone] for title, files in listed.items()}
    return Outputs(texts=outputs.texts, manifest=(place, kept), left=())


def manifest_text(listed: Mapping[str, Sequence[str]]) -> str:
    """Return the text of a manifest."""
    return json.dumps(dict(sorted(listed.items())), indent=1, ensure_ascii=False) + "\n"


def _stage(name: str) -> str:
    return name.rpartition(".")[0]


def _listed(place: Path) -> dict[str, list[str]] | Diagnostic:
    """Return what a manifest lists; an author may have damaged it."""
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError):
        return _damaged(place)
    if not isinstance(found, dict):
        return _damaged(place)
    for files in found.values():
        if not isinstance(files, list) or not all(_is_ours(name) for name in files):
            return _damaged(place)
    return found


def _is_ours(name: object) -> bool:
    """Tell whether a manifest may list a name: a file of the folder itself."""
    return (
        isinstance(name, str)
        and name.endswith((".json", ".yaml"))
        and not set(name) & set("/\\\0")
        and not name.startswith(".")
    )


def _damaged(place: Path) -> Diagnostic:
    return Diagnostic(
        code=NO_MANIFEST,
        message=f"`{place}` is not a manifest that bcdsl wrote",
        span=None,
        help="remove it; what was written into the folder before is then nobody's",
    )
