"""What `import partnet_analysis` offers."""

import subprocess
import sys

import partnet_analysis


def test_every_public_name_is_there_and_documented() -> None:
    for name in partnet_analysis.__all__:
        assert getattr(partnet_analysis, name).__doc__

    assert partnet_analysis.__all__ == sorted(partnet_analysis.__all__)
    assert set(partnet_analysis.__all__) <= set(dir(partnet_analysis))


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(partnet_analysis, "league_table")


def test_importing_and_asking_for_help_load_nothing_heavy() -> None:
    heavy = {"pandas", "numpy", "networkx", "matplotlib", "scipy", "igraph", "pandera", "pydantic", "babel"}
    code = (
        "import sys; from partnet_analysis.cli import command_line; "
        "command_line('fr').main(['--help'], standalone_mode=False); "
        f"print(sorted(set(sys.modules) & {heavy!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"
