"""What a stage runs: its command, variables, secrets, and what runs after a failure."""

from __future__ import annotations

from collections.abc import Mapping

from bcdsl.model import Command, Run, Script, Secret, Stage
from bcdsl.source import Spanned
from bcdslc.lower.places import Places
from bcdslc.spec.message import SecretMount, Transform
from bcdslc.spec.origin import Path


def lower_transform(
    stage: Stage, params: Mapping[str, Spanned[str]], places: Places
) -> Transform | None:
    """Return the transform of a stage's spec, None if nothing was said of it."""
    take, take_all = places.take, places.take_all
    cmd = _cmd(("transform", "cmd"), stage.run, places)
    error = stage.on_error
    transform = Transform(
        image=take(("transform", "image"), stage.image),
        cmd=cmd,
        err_cmd=_cmd(("transform", "errCmd"), error.run if error else None, places),
        env=_env(stage, params, places),
        secrets=_secrets(stage.secrets, places),
        image_pull_secrets=take_all(("transform", "imagePullSecrets"), stage.pull_secrets),
        stdin=take_all(("transform", "stdin"), stage.stdin),
        err_stdin=take_all(("transform", "errStdin"), error.stdin if error else None),
        accept_return_code=take_all(("transform", "acceptReturnCode"), stage.accept_codes),
        user=take(("transform", "user"), stage.user),
        working_dir=take(("transform", "workingDir"), stage.workdir),
        datum_batching=take(("transform", "datumBatching"), stage.batch),
    )
    if transform == _NOTHING:
        return None
    places.put(("transform",), stage.run.span if stage.run else stage.span)
    return transform


_NOTHING = Transform()


def _cmd(path: Path, run: Run | None, places: Places) -> tuple[str, ...] | None:
    match run:
        case None:
            return None
        case Command(words=words):
            found = places.take_all(path, words)
        case Script(shell=shell, text=text):
            found = places.take_all(path, (*shell, text))
    places.put(path, run.span)
    return found


def runs_script(stage: Stage) -> bool:
    """Tell whether a shell's text runs in the stage, which then knows every parameter."""
    return isinstance(stage.run, Script) or (
        stage.on_error is not None and isinstance(stage.on_error.run, Script)
    )


def _env(stage: Stage, params: Mapping[str, Spanned[str]], places: Places) -> dict[str, str] | None:
    """Return the variables as written, then the parameters by name."""
    path: Path = ("transform", "env")
    env = places.take_map(path, stage.env) or {}
    if params and runs_script(stage):
        for name in sorted(params):
            places.put((*path, name), params[name].span)
            env[name] = params[name].value
    return env or None


def _secrets(secrets: tuple[Secret, ...] | None, places: Places) -> tuple[SecretMount, ...] | None:
    if secrets is None:
        return None
    take, path = places.take, ("transform", "secrets")
    found = []
    for index, secret in enumerate(secrets):
        places.put((*path, index), secret.span)
        found.append(
            SecretMount(
                name=take((*path, index, "name"), secret.name),
                key=take((*path, index, "key"), secret.key),
                mount_path=take((*path, index, "mountPath"), secret.mount_path),
                env_var=take((*path, index, "envVar"), secret.env_var),
            )
        )
    return tuple(found)
