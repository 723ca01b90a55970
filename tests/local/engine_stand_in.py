"""A container engine as far as runs ask it: `podman` or `docker`, by its first argument.

Its containers are processes of this machine, which see their own /pfs and /tmp by a mount
namespace; its one file system is this machine's. What it holds lies in the folder named by
`STAND_IN`: `images.json` is what it has, `registry.json` what can be pulled, `faults.json` how
it is to fail; `calls` is a list of all that it was asked.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sys
import tarfile
import tempfile
import time
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from threading import Thread
from typing import Any

from bcdslc.local.namespace import enter

HOME = Path(os.environ["STAND_IN"])
KIND = sys.argv[1]
NEVER = "0001-01-01T00:00:00Z"
VALUED = {"--name", "--label", "--pull", "--log-driver", "--security-opt", "--memory", "--cpus"}
VALUED |= {"--gpus", "--device", "--mount", "--volume", "--user", "--workdir", "--env"}
VALUED |= {"--entrypoint"}
SWITCHES = {"--init", "--interactive"}


class RefusedError(Exception):
    """The engine does not do it; the code is its own exit code."""

    def __init__(self, text: str, code: int = 125) -> None:
        super().__init__(text)
        self.code = code


def main(words: list[str]) -> int:
    """Do what is asked; return the exit code."""
    with (HOME / "calls").open("a") as calls:
        calls.write(json.dumps([KIND, *words]) + "\n")
    try:
        fault = _read("faults").get(words[0])
        if fault:
            raise RefusedError(fault)
        if words[:2] == ["image", "inspect"]:
            return _image(words[2])
        return {
            "run": _run,
            "create": _create,
            "kill": _kill,
            "rm": _remove,
            "inspect": _inspect,
            "ps": _list,
            "cp": _copy,
            "pull": _pull,
            "info": _info,
        }[words[0]](words[1:])
    except RefusedError as refused:
        start = "docker: Error response from daemon: " if KIND == "docker" else "Error: "
        print(f"{start}{refused}", file=sys.stderr)
        return refused.code


def _read(name: str) -> Any:
    path = HOME / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else {}


def _place(name: str) -> Path:
    return HOME / "containers" / f"{name}.json"


def _container(name: str) -> dict[str, Any]:
    if not _place(name).exists():
        raise RefusedError(f"no such container: {name}", 1)
    held: dict[str, Any] = json.loads(_place(name).read_text())
    return held


def _keep(name: str, held: dict[str, Any]) -> None:
    place = _place(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps(held))
    fresh.replace(place)


def _parsed(words: list[str]) -> tuple[dict[str, list[str]], str, list[str]]:
    """Return options, image and arguments of `run` and `create`."""
    options: dict[str, list[str]] = {}
    rest = list(words)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option in VALUED:
            options.setdefault(option, []).append(rest.pop(0))
        elif option in SWITCHES:
            options[option] = []
        else:
            raise RefusedError(f"unknown flag: {option}")
    image, *arguments = rest
    images = _read("images")
    if not any(image in (name, "sha256:" + held["Id"]) for name, held in images.items()):
        raise RefusedError(f"{image}: image not known")
    return options, image, arguments


def _create(words: list[str]) -> int:
    options, _, arguments = _parsed(words)
    if "--init" in options and KIND == "podman" and not _read("facts").get("init", True):
        raise RefusedError("container-init binary not found on the host: stat /catatonit")
    for text in options.get("--mount", []):
        source = dict(part.partition("=")[::2] for part in text.split(","))["source"]
        if not Path(source).is_dir():
            raise RefusedError(f"statfs {source}: no such file or directory")
    (name,) = options["--name"]
    label = options["--label"][0]
    held = {"label": label, "options": options, "argv": [*options["--entrypoint"], *arguments]}
    _keep(name, {**held, "state": _state("created", 0, NEVER), "pid": 0})
    print(name)
    return 0


def _state(status: str, code: int, started: str) -> dict[str, Any]:
    running = status == "running"
    return {"Status": status, "Running": running, "ExitCode": code, "StartedAt": started}


def _run(words: list[str]) -> int:
    sys.stdout, shown = io.StringIO(), sys.stdout
    _create(words)
    sys.stdout = shown
    options, _, _ = _parsed(words)
    (name,) = options["--name"]
    held = _container(name)
    if "start" in _read("faults"):
        raise RefusedError(_read("faults")["start"], 126)
    argv = held["argv"]
    folder = options.get("--workdir", ["/"])[0]
    if KIND == "podman" and not Path(folder).is_dir():
        raise RefusedError(f'workdir "{folder}" does not exist on container {name}', 126)
    environment = dict(text.partition("=")[::2] for text in options.get("--env", []))
    program = shutil.which(argv[0], path=environment.get("PATH", os.defpath))
    if program is None and "--init" not in options:
        raise RefusedError(_no_program(argv[0]), 127 if not Path(argv[0]).exists() else 126)
    root = tempfile.mkdtemp(prefix="root-", dir=HOME)
    time.sleep(float(_read("facts").get("slow", 0)))
    began = datetime.now(timezone.utc).isoformat().replace("+00:00", "000Z")
    given, giving = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(giving)
        os.dup2(given, 0)
        _become(root, options, argv, program, environment)
    os.close(given)
    Thread(target=_feed, args=(giving, "--interactive" in options), daemon=True).start()
    held["pid"], held["state"] = child, _state("running", 0, began)
    _keep(name, held)
    _, status = os.waitpid(child, 0)
    _end_group(child)
    Path(root).rmdir()
    code = os.waitstatus_to_exitcode(status)
    code = 128 - code if code < 0 else code
    if _place(name).exists():
        _keep(name, {**held, "state": _state("exited", code, began)})
    return code


def _feed(giving: int, interactive: bool) -> None:
    """Hand our standard input over by a pipe, as engines do."""
    with suppress(BrokenPipeError), open(giving, "wb") as pipe:
        if interactive:
            shutil.copyfileobj(sys.stdin.buffer, pipe)


def _no_program(argv0: str) -> str:
    if KIND == "docker":
        why = "permission denied" if Path(argv0).exists() else "executable file not found in $PATH"
        return f'OCI runtime create failed: exec: "{argv0}": {why}: unknown'
    if Path(argv0).exists():
        return "crun: open executable: Permission denied: OCI permission denied"
    return f"crun: executable file `{argv0}` not found in $PATH: No such file or directory: OCI"


def _become(
    root: str,
    options: dict[str, list[str]],
    argv: list[str],
    program: str | None,
    env: dict[str, str],
) -> None:
    """Turn this process into a container's program."""
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.umask(0o022)
        folders = [
            dict(part.partition("=")[::2] for part in text.split(","))
            for text in options.get("--mount", [])
        ]
        bound = {each["target"]: each["source"] for each in folders}
        tools = [bound["/pach-bin"]] if "/pach-bin" in bound else []
        if bound:  # none where only the engine itself is tried
            enter(bound["/pfs"], bound["/tmp"], root, tools)
        for folder in tools:
            Path("/pach-bin").symlink_to(folder)
        if "--user" in options:
            user, group = map(int, options["--user"][0].split(":"))
            if os.getuid() == 0:
                os.setgroups([group])
                os.setgid(group)
                os.setuid(user)
        if "--interactive" not in options:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        folder = options.get("--workdir", ["/"])[0]
        if KIND == "docker":
            Path(folder).mkdir(parents=True, exist_ok=True)
        os.chdir(folder)
        variables = {"HOSTNAME": "stand-in", "HOME": "/root", **env}
        if KIND == "podman":
            variables = {"container": "podman", "TERM": "xterm", **variables}
        os.execve(program or argv[0], argv, variables)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        if KIND == "docker":
            print(f"[FATAL tini (7)] exec {argv[0]} failed: {why}", file=sys.stderr, flush=True)
            os._exit(127 if isinstance(error, FileNotFoundError) else 126)
        print(f"ERROR (catatonit:2): failed to exec pid1: {why}", file=sys.stderr, flush=True)
        os._exit(1)


def _end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _kill(words: list[str]) -> int:
    name = words[-1]
    held = _container(name)
    if not held["state"]["Running"]:
        raise RefusedError(f"cannot kill container: {name} is not running", 1)
    _end_group(held["pid"])
    return 0


def _remove(words: list[str]) -> int:
    for name in words:
        if not name.startswith("-") and _place(name).exists():
            held = _container(name)
            if held["state"]["Running"]:
                _end_group(held["pid"])
            _place(name).unlink(missing_ok=True)
    return 0


def _inspect(words: list[str]) -> int:
    print(json.dumps(_container(words[-1])["state"]))
    return 0


def _list(words: list[str]) -> int:
    wanted = words[words.index("--filter") + 1].removeprefix("label=")
    for place in sorted((HOME / "containers").glob("*.json")):
        if json.loads(place.read_text())["label"] == wanted:
            print(place.stem)
    return 0


def _copy(words: list[str]) -> int:
    name, _, path = words[0].partition(":")
    _container(name)
    if path == "/etc/passwd" and (HOME / "passwd").exists():
        path = str(HOME / "passwd")
    if not os.path.lexists(path):
        raise RefusedError(f"could not find the file {path} in container {name}", 1)
    with tarfile.open(fileobj=sys.stdout.buffer, mode="w|") as tar:
        tar.add(path, arcname=Path(path).name)
    return 0


def _image(name: str) -> int:
    held = _read("images").get(name)
    if held is None:
        raise RefusedError(f"No such image: {name}", 1)
    print(json.dumps([held]))
    return 0


def _pull(words: list[str]) -> int:
    there = _read("registry").get(words[0])
    if there is None:
        raise RefusedError(f"pull access denied for {words[0]}", 1)
    (HOME / "images.json").write_text(json.dumps({**_read("images"), words[0]: there}))
    print(f"Pulled {words[0]}")
    return 0


def _info(_: list[str]) -> int:
    limits = _read("facts").get("limits", True)
    rootless = _read("facts").get("rootless", os.getuid() != 0)
    if KIND == "docker":
        security = ["name=rootless"] if rootless else []
        value = {"MemoryLimit": limits, "CpuCfsQuota": limits, "NCPU": 2}
        print(json.dumps({**value, "SecurityOptions": security}))
    else:
        control = ["cpu", "memory"] if limits else []
        host = {
            "security": {"rootless": rootless},
            "cgroupVersion": "v2",
            "cgroupControllers": control,
        }
        print(json.dumps({"host": {**host, "cpus": 2}}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
