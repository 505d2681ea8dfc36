"""What a good analysis finds in the article of ``pages/light.html``."""

from __future__ import annotations

from .fake_api import Answer

PILOT = "the pilot Dmitri Mishov fled to avoid having to fight"
WALKED = "to have walked for three days through the woods before anyone saw him"
LOSSES = "“I believe that we have suffered the same losses in one year,”"


def article() -> Answer:
    return (
        Answer()
        .attribution("According to", "VPR", PILOT)
        .attribution("is said", None, WALKED)
        .attribution("told", "[Mishov] told", "that he tried to leave the air force in January")
        .attribution("he [said]", "[he] said", LOSSES, quote="direct", speaker="Dmitri Mishov")
        .attribution("Critics [say]", "Critics", "that the army may have lost", source_kind="vague")
        .attribution("did not answer", "the ministry", "questions", attitude="intention")
        .hedge("is said to", "hearsay", "have walked for three days")
        .hedge("I believe", "belief", attribution="a4")
        .hedge("may", "modal")
        .hedge("about", "approximation")
        .hedge("could not be independently verified", "unverified", "The figure")
    )
