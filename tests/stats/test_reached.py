"""No statistics lie about: each public name is used by the product, or its module says that it is kept and what for."""

import ast
import re
from collections.abc import Iterator

from psc.settings import ROOT

STATS = "psc.stats"
KEPT = re.compile(r"Kept for own measures: ([^.]+)\.")

Name = tuple[str, str]


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product and of its benchmarks by its dotted name."""
    for folder in ("psc", "pages", "bench"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts), ast.parse(path.read_text(encoding="utf-8"))
    yield "app", ast.parse((ROOT / "app.py").read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> dict[str, Name]:
    """What a module's local names stand for, of those that come from the statistics."""
    return {
        name.asname or name.name: (node.module, name.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith(f"{STATS}.")
        for name in node.names
    }


def defined(tree: ast.Module) -> dict[str, ast.stmt]:
    """The functions, classes and constants of a module."""
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                found |= {leaf.id: node for leaf in ast.walk(target) if isinstance(leaf, ast.Name)}
    return found


def uses(node: ast.AST, names: dict[str, Name]) -> set[Name]:
    return {names[leaf.id] for leaf in ast.walk(node) if isinstance(leaf, ast.Name) and leaf.id in names}


def kept(tree: ast.Module) -> set[str]:
    """The names that a module's docstring gives as kept for measures that users will bring."""
    told = KEPT.search(" ".join((ast.get_docstring(tree) or "").split()))
    return set(re.findall(r"``(\w+)``", told.group(1))) if told else set()


def reach() -> tuple[set[Name], set[Name], set[Name]]:
    """(all names of the statistics, those that are used or kept, those that are kept)."""
    edges: dict[Name, set[Name]] = {}
    reached: set[Name] = set()
    held: set[Name] = set()
    for module, tree in sources():
        names = imported(tree)
        if not module.startswith(f"{STATS}."):
            reached |= set(names.values())
            continue
        own = defined(tree)
        names |= {name: (module, name) for name in own}
        edges |= {(module, name): uses(node, names) for name, node in own.items()}
        held |= {(module, name) for name in kept(tree)}
    reached |= held
    waiting = list(reached)
    while waiting:
        new = edges.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return set(edges), reached, held


def test_every_statistic_is_used_by_the_product_or_kept_for_a_named_use():
    every, reached, _ = reach()
    assert len(every) > 150
    assert sorted(f"{module}.{name}" for module, name in every - reached) == []


def test_what_is_kept_exists_and_is_not_in_use_already():
    every, _, held = reach()
    assert held and held <= every
    used = {name for module, tree in sources() if not module.startswith(STATS) for name in imported(tree).values()}
    assert held & used == set()


def test_the_methods_say_what_is_kept():
    told = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    _, _, held = reach()
    assert [name for _, name in sorted(held) if f"`{name}`" not in told] == []
