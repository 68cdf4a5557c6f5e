"""The rules of the house that no linter knows, each a function from a tree to what breaks it.

A rule reads the files by their syntax and imports none of them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.modules import PACKAGES, imports_of, is_within, modules_of, named, text_of

#: What flows see of the warehouse; the rest may be another with another engine.
DOORS = (
    "dictionary", "door", "durably", "examination", "export", "folding", "health", "interface",
    "publishing", "questions", "reader", "results", "staging",
)  # fmt: skip
#: What each package may import of ours besides itself: a whole package, or single modules.
MAY_IMPORT = {
    "extractors": set[str](),
    "warehouse": {"extractors.records", "extractors.identity", "extractors.errors"},
    "flows": {"extractors"} | {f"warehouse.{name}" for name in DOORS},
}

#: The only files that may import a library. A folder stands for all files in it.
HOMES = {
    "altair": {"warehouse/axes.py", "warehouse/charts.py"},
    "aiohttp": {"flows/transport.py", "flows/weather.py", "flows/webhook.py"},
    "backports": {"flows/decoding.py", "warehouse/packing.py"},
    "brotli": {"flows/decoding.py"},
    "duckdb": {"warehouse/"},
    "feedparser": {"extractors/feeds/syndication.py"},
    "marimo": {"flows/cli/dashboard.py", "warehouse/dashboard.py", "warehouse/tables.py"},
    "prefect": {
        "flows/assist.py",
        "flows/ingest.py",
        "flows/prefecthost.py",
        "flows/maintain.py",
        "flows/reextract.py",
        "flows/deployments.py",
    },
    "prometheus_client": {"flows/metrics.py"},
    "protego": {"flows/robotrules.py"},
    "publicsuffixlist": {"extractors/urls.py"},
    "py3langid": {"extractors/language.py"},
    "pydantic": {
        "flows/assist.py",
        "flows/ingest.py",
        "flows/maintain.py",
        "flows/reextract.py",
    },
    "rich": {"flows/cli/"},
    "spacy": {"extractors/nlp.py"},
    "tomlkit": {"flows/subscriptions.py"},
    "trafilatura": {"extractors/maintext.py"},
    "urllib.request": {"flows/prefectapi.py"},  # Prefect's own client takes seconds to import
    "uvicorn": {"flows/cli/dashboard.py"},
    "warcio": {"flows/warc.py"},
}

#: Whoever imports these has no pure functions.
IMPURE = {
    "asyncio",
    "logging",
    "multiprocessing",
    "os",
    "random",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
}
#: Calls with which a module looks at the world: functions, and methods of whatever object.
LOOKING = {
    "input", "monotonic", "now", "open", "perf_counter", "print", "sleep", "time.time", "today",
    "utcnow", "write_bytes", "write_text",
}  # fmt: skip

#: The worker's document boundary, where any error becomes a stored failure (STYLE, 8).
DOCUMENT_BOUNDARY = ("flows/jobs.py", "at_boundary")
MOST_LINES = 299

_STATEMENT = re.compile(
    r"""\s* (?:
        select \s .+? \s from \s
      | from \s+ [\w."]+ \s+ (?:select|where|join|group|order|limit) \s
      | with \s+ (?:recursive \s+)? \w+ \s+ as \s* (?:materialized \s*)? \(
      | insert \s+ (?:or \s+ \w+ \s+)? into \s
      | update \s+ [\w."]+ \s+ set \s
      | delete \s+ from \s
      | merge \s+ into \s
      | (?:create|alter|drop) \s+ (?:or \s+ replace \s+)? (?:temp \w* \s+)?
        (?:table|view|index|macro|schema|type|sequence) \s
      | attach \s+ (?:database \s+)? ['(]
      | copy \s+ (?: \( | [\w."]+ \s+ (?:to|from) \s+ ['$] )
      | comment \s+ on \s+ (?:table|view|column) \s
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

# Written so that no pattern matches this file.
_NOT_TO_BE_COMMITTED = re.compile(
    r"""
      (?<![\w.~-]) / (?:work|root|home/\w+|Users/\w+) /   # a path of somebody's machine
    | (?:index-url|find-links) [ =]+ ['"]? (?:https?|file) : # the address of a package index
    | https?:// [^\s'"]* /simple/?(?=['"\s]|$)
    | [p]ypi [.] org | [p]ythonhosted [.] org
    | \b (?: T[O]DO | F[I]XME | X[X]X | H[A]CK ) \b         # work that is not done
    | ^ (?: [<]{7} | [>]{7} ) \s                            # a merge that is not done
    | ^ [C]o-authored-by:
    | -----BEGIN [ ] [A-Z ]* PRIVATE [ ] KEY
    """,
    re.VERBOSE | re.MULTILINE,
)
_WRITTEN_BY_US = ("extractors", "flows", "warehouse", "tests", "deploy", ".ci")
_TEXT_SUFFIXES = {
    "", ".cfg", ".css", ".example", ".html", ".json", ".jsonl", ".lock", ".md", ".opml", ".py",
    ".service", ".sql", ".timer", ".toml", ".txt", ".xml", ".yaml", ".yml",
}  # fmt: skip


def forbidden_arrows(root: Path) -> Iterator[str]:
    for module in modules_of(root):
        allowed = MAY_IMPORT[module.package] | {module.package}
        for each in imports_of(module):
            is_ours = each.name.split(".")[0] in PACKAGES
            if is_ours and not any(is_within(each.name, target) for target in allowed):
                yield f"{module.path}:{each.line} imports {each.name}"


def imports_of_training(root: Path) -> Iterator[str]:
    for module in modules_of(root):
        if module.path.startswith("extractors/training/"):
            continue
        for each in imports_of(module):
            if is_within(each.name, "extractors.training"):
                yield f"{module.path}:{each.line} imports {each.name}"


def libraries_away_from_home(root: Path) -> Iterator[str]:
    for module in modules_of(root):
        for each in imports_of(module):
            for library, homes in HOMES.items():
                if is_within(each.name, library) and not is_at_home(module.path, homes):
                    yield f"{module.path}:{each.line} imports {each.name}"


def is_at_home(path: str, homes: set[str]) -> bool:
    return any(path.startswith(home) if home.endswith("/") else path == home for home in homes)


def relative_imports(root: Path) -> Iterator[str]:
    for module in modules_of(root):
        for each in imports_of(module):
            if each.is_relative:
                yield f"{module.path}:{each.line} imports {each.name} by a relative path"


def impure_extractors(root: Path) -> Iterator[str]:
    for module in modules_of(root):
        if module.package != "extractors" or module.path.startswith("extractors/training/"):
            continue
        for each in imports_of(module):
            if each.name.split(".")[0] in IMPURE:
                yield f"{module.path}:{each.line} imports {each.name}"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and {named(node.func), ast.unparse(node.func)} & LOOKING:
                yield f"{module.path}:{node.lineno} calls {ast.unparse(node.func)}"


def sql_outside_the_warehouse(root: Path) -> Iterator[str]:
    for module in modules_of(root):
        if module.package == "warehouse":
            continue
        apart = {id(node) for node in _docstrings_and_parts(module.tree)}
        for node in ast.walk(module.tree):
            if id(node) not in apart and _STATEMENT.match(text_of(node)):
                yield f"{module.path}:{node.lineno} {text_of(node).split()[:4]}"


def _docstrings_and_parts(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the strings that are prose, and those that are looked at as part of an f-string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from node.values


def files_too_long(root: Path) -> Iterator[str]:
    for module in modules_of(root):
        if module.lines > MOST_LINES:
            yield f"{module.path} has {module.lines} lines"


def swallowed_errors(root: Path) -> Iterator[str]:
    """Yield handlers of any error whatever that do not raise it again at their end."""
    for module in modules_of(root):
        for function, handler in _handlers_of(module.tree):
            if (module.path, function) == DOCUMENT_BOUNDARY:
                continue
            if _is_broad(handler) and not _raises_again(handler):
                yield f"{module.path}:{handler.lineno} catches everything in {function}"


def _handlers_of(tree: ast.Module) -> Iterator[tuple[str, ast.ExceptHandler]]:
    """Yield each handler with the innermost function it stands in."""
    waiting: list[tuple[str, ast.AST]] = [("the module", tree)]
    while waiting:
        function, node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function = node.name
        if isinstance(node, ast.ExceptHandler):
            yield function, node
        waiting += [(function, child) for child in ast.iter_child_nodes(node)]


def _is_broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(named(kind) in {"Exception", "BaseException"} for kind in kinds)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    is_same = isinstance(last, ast.Raise) and (
        last.exc is None or (handler.name is not None and named(last.exc) == handler.name)
    )
    return is_same and not any(isinstance(node, ast.Return) for node in ast.walk(handler))


def words_not_to_be_committed(root: Path) -> Iterator[str]:
    top = (file for file in root.iterdir() if file.is_file() and not file.name.startswith("."))
    below = (file for folder in _WRITTEN_BY_US for file in (root / folder).rglob("*"))
    for file in sorted((*top, *below)):
        if not file.is_file() or file.suffix not in _TEXT_SUFFIXES or "__pycache__" in file.parts:
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        for found in _NOT_TO_BE_COMMITTED.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{file.relative_to(root).as_posix()}:{line} {found[0].strip()!r}"
