"""The build that has nothing to do: found out with the standard library alone."""

from __future__ import annotations

from factarchive.config import Settings
from factarchive.inputs import look
from factarchive.publishing.publish import read_manifest
from factarchive.state import DAMAGE, Report, State

NO_CARDS = "cards-not-drawn"


def standing_report(settings: Settings) -> Report | None:
    """The last build's report where nothing that it depended on has changed since; None where there is work."""
    try:
        with State(settings.folders.cache) as state:
            world = look(settings, state)
            known = read_manifest(settings.folders.output).digest
            if not known or known != state.fact("manifest"):
                return None
            report = state.standing_report(world.digest)
            # Whether this machine can draw by now is not known without the library: the build that follows sees to it.
            return report if report and all(p.rule != NO_CARDS for p in report.problems) else None
    except (*DAMAGE, OSError):
        return None  # the build that follows makes the state anew, or tells why it cannot
