"""The modules of our packages as they are written, for rules about them: none is imported."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGES = ("extractors", "warehouse", "flows")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of a package."""

    path: str  #: below the root, with slashes
    tree: ast.Module
    lines: int

    @property
    def package(self) -> str:
        return self.path.split("/")[0]


@dataclass(frozen=True, slots=True)
class Import:
    """One name that a module imports, written out: `from a.b import c` is `a.b.c`."""

    name: str
    line: int
    is_relative: bool


@cache
def modules_of(root: Path) -> tuple[Module, ...]:
    files = [file for package in PACKAGES for file in sorted((root / package).rglob("*.py"))]
    return tuple(_module(file, file.relative_to(root).as_posix()) for file in files)


def _module(file: Path, path: str) -> Module:
    text = file.read_text(encoding="utf-8")
    return Module(path, ast.parse(text, filename=path), text.count("\n"))


def imports_of(module: Module) -> Iterator[Import]:
    """Yield all imports, also those within functions and under `if TYPE_CHECKING`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (Import(each.name, node.lineno, is_relative=False) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            for each in node.names:
                name = f"{node.module or ''}.{each.name}"
                yield Import(name, node.lineno, is_relative=node.level > 0)
        elif isinstance(node, ast.Call) and named(node.func) in {"import_module", "__import__"}:
            yield Import(text_of(node.args[0]), node.lineno, is_relative=False)


def named(node: ast.expr) -> str:
    """Return the last part of a dotted name, or nothing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def is_within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def text_of(node: ast.AST) -> str:
    """Return a string as far as it is known, with a blank for what an f-string fills in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or " x " for part in node.values)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""
