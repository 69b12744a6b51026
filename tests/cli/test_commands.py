"""The command line as a user meets it: on the real project, and with mistakes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ccin_graph.cli import cli

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "matplotlib", "networkx", "rdflib", "pyshacl", "rich", "numpy", "scipy", "shifty", "yaml")


def ccin(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "ccin_graph", *arguments], cwd=cwd, capture_output=True, text=True
    )


def test_importing_the_command_line_is_light() -> None:
    code = f"import sys, ccin_graph.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_cold_query_stays_light(built: Path) -> None:
    code = (
        "import sys; sys.argv = ['ccin-graph', 'query', 'run', 'councils/projects', '--dataset', sys.argv[1]]\n"
        "from ccin_graph.cli import cli\n"
        "cli(standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(built)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    done = ccin("build", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    return folder / "ccin.nq"


def test_every_command_has_help_with_an_example() -> None:
    import click

    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        inner = list(command.commands.values()) if isinstance(command, click.Group) else [command]
        for leaf in inner:
            assert "ccin-graph" in leaf.get_help(click.Context(leaf, info_name=leaf.name)), leaf.name


def test_query_list_show_and_run(built: Path) -> None:
    listed = ccin("query", "list").stdout
    assert "partnerships/shared-partners" in listed
    assert "--param council=" in ccin("query", "show", "councils/projects").stdout
    done = ccin("query", "run", "councils/projects", "council=Preston City Council", "--dataset", str(built))
    assert done.returncode == 0, done.stderr
    assert "Community Anchors" in done.stdout
    answer = ccin("query", "run", "principles/counts", "--format", "json", "--dataset", str(built)).stdout
    assert len(json.loads(answer)["results"]["bindings"]) == 10


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("quary",), "did you mean 'query'?"),
        (("query", "run", "shared-partner"), "partnerships/shared-partners"),
        (("query", "run", "councils/projects", "counsil=x"), "Did you mean 'council'?"),
        (("query", "run", "councils/projects", "council=oldhm"), "Did you mean oldham"),
        (("query", "run", "councils/projects", "oldham"), "NAME=VALUE"),
        (("query", "list", "nothing"), "Packs are"),
        (("members", "--as-of", "yesterday"), "2021-08-21"),
        (("members", "--category", "friend"), "affiliate"),
        (("evidence", "show", "nothing/at-all"), "cites a passage"),
        (("evidence", "rests-on", "385"), "publication:385"),
        (("new", "Project", "Not A Slug"), "small letters"),
        (("new", "CaseStudy", "a-case"), "--publication"),
    ],
)
def test_a_mistake_is_a_message_and_no_traceback(arguments: tuple[str, ...], said: str, built: Path) -> None:
    extra = (
        ("--dataset", str(built))
        if arguments[0] in ("members", "evidence") or arguments[:2] == ("query", "run")
        else ()
    )
    done = ccin(*arguments, *extra)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_members_as_of_a_date(built: Path) -> None:
    done = ccin(
        "members", "--as-of", "2019-10-02", "--category", "affiliate", "--format", "csv", "--dataset", str(built)
    )
    assert done.returncode == 0, done.stderr
    assert "organisation/locality,Locality,Affiliate member,definite," in done.stdout
    assert "organisation/sporting-assets,Sporting Assets,Affiliate member,possible," in done.stdout


def test_evidence_rests_on_lines(built: Path) -> None:
    done = ccin("evidence", "rests-on", "case-studies-2021:385", "--dataset", str(built))
    assert "one-view#participation.xantura.delivery" in done.stdout


def test_new_prints_a_skeleton() -> None:
    done = ccin("new", "Project", "some-project", "--print")
    assert done.stdout.startswith("id: project/some-project\ntype: Project\n")


def test_network_summary_and_measures(built: Path) -> None:
    done = ccin("network", "summary", "council-affiliate", "--dataset", str(built))
    assert "articulation-points" in done.stdout
    assert "(Freeman 1977)" in done.stderr
    done = ccin("network", "measures", "council-affiliate", "--top", "3", "--dataset", str(built))
    head = done.stdout.splitlines()[0].split()
    assert head == ["rank", "degree", "newman", "betweenness", "constraint", "core", "label", "kind"]
    assert done.stdout.splitlines()[-1].endswith("more rows")
    assert len(done.stdout.splitlines()) == 6


@pytest.mark.parametrize(
    ("arguments", "said", "told"),
    [
        (("communities", "council-council", "--runs", "5"), "Durham County Council", "Lancichinetti and Fortunato"),
        (("communities", "organisation-project", "--method", "barber", "--runs", "2"), "community", "Barber 2007"),
        (("mixing", "--permutations", "99"), "assortativity", "99 permutations"),
        (("change", "council-partner", "--years", "2018-"), "2021-08", "years: 2018-"),
        (("uncertainty", "affiliates-by-councils", "--replicates", "20"), "depends_on", "20 bootstrap replicates"),
        (("predict", "council-council", "--top", "3"), "worked with both", "baseline is not beaten"),
        (("predict", "--table", "prediction"), "degree-product", "Zhou, Lü and Zhang"),
        (("robustness", "--runs", "5", "--seed", "7"), "largest_after", "seed 7"),
        (("measures", "--councils", "places", "--without-network"), "degree", "councils: places"),
        (("summary", "--region", "wales", "--source", "covid-2020"), "nodes", "regions: wales"),
    ],
)
def test_network_analyses_print_a_table_and_their_methods(
    arguments: tuple[str, ...], said: str, told: str, built: Path
) -> None:
    done = ccin("network", *arguments, "--dataset", str(built))
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert told in done.stderr
    assert told not in done.stdout


def test_network_results_as_csv_with_the_methods_in_a_file(built: Path, tmp_path: Path) -> None:
    methods = tmp_path / "methods.txt"
    done = ccin(
        "network", "measures", "council-council", "--format", "csv", "--methods", str(methods), "--dataset", str(built)
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = done.stdout.splitlines()
    assert rows[0].startswith("network,node,label,kind,region,rank,degree,")
    assert len(rows) > 60
    assert "council-council" in methods.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("measures", "--years", "soon"), "no span of years"),
        (("measures", "--source", "case-studies-2019"), "There are: case-studies-2018"),
        (("measures", "--role", "king"), "no role 'king'"),
        (("measures", "--by", "fame"), "Measures are degree"),
        (("change", "--table", "chairs"), "Tables are change, change-nodes, change-ties"),
        (("measures", "--methods", "/nowhere/at/all"), "cannot be written"),
        (("change", "--strength", "2"), "Leave --strength out"),
    ],
)
def test_a_mistake_about_the_network_is_a_message(arguments: tuple[str, ...], said: str, built: Path) -> None:
    done = ccin("network", *arguments, "--dataset", str(built))
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_network_report_is_asked_together_with_the_dataset(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "report"
    chosen = ("--quick", "--source", "taskforce-2013", "--out", str(out), "--seed", "7")
    done = ccin("network", "report", *chosen, "--dataset", str(built))
    assert done.returncode == 0, done.stderr
    assert "methods.md says" in done.stdout
    assert "were left out" in done.stderr
    together = tmp_path / "together.nq"
    together.write_bytes(built.read_bytes() + (out / "analysis.nq").read_bytes())
    answer = ccin("query", "run", "analysis/runs", "--format", "csv", "--dataset", str(together)).stdout
    assert ",ranks.councils-by-partners," in answer
    assert hashlib.sha256(built.read_bytes()).hexdigest() in answer
    assert "sources: taskforce-2013" in (out / "methods.md").read_text("utf-8")


def test_network_export_and_plot(built: Path, tmp_path: Path) -> None:
    assert ccin("network", "export", "council-council", "--out", str(tmp_path), "--dataset", str(built)).returncode == 0
    written = {path.name.removeprefix("council-council.") for path in tmp_path.iterdir()}
    assert written == {"gexf", "graphml", "cyjs", "nodes.csv", "edges.csv", "measures.csv"}
    assert ccin("network", "plot", "council-affiliate", "--out", str(tmp_path), "--dataset", str(built)).returncode == 0
    assert (tmp_path / "council-affiliate.svg").stat().st_size > 1000


def test_outside_a_project_the_own_records_are_used(tmp_path: Path) -> None:
    done = ccin("query", "list", cwd=tmp_path)
    assert done.returncode == 0
    assert "councils/projects" in done.stdout


def test_a_folder_that_is_no_project_says_so(tmp_path: Path) -> None:
    from ccin_graph.errors import TreeError
    from ccin_graph.records.loading import record_files
    from ccin_graph.tree import Tree

    with pytest.raises(TreeError, match="no folder"):
        record_files(Tree(tmp_path))
