"""The section Record as HTML: take along, bring back, delete. Pure; nothing of the person stands in it."""

from coach.ui import meetings_words as words
from coach.ui.plan_parts import do


def section() -> str:
    """The whole section."""
    read = _links((("binder-docx", "Word"), ("binder-pdf", "PDF")))
    data = _links((("data-zip", "Everything (ZIP)"),))
    bring = (
        '<form class="bring" data-do="meetings:import" data-key="form-import"><label class="field"><span>The ZIP that was made here</span>'
        '<input type="file" accept=".zip" data-file="archive" data-key="archive"></label>'
        f'<label class="choice"><input type="checkbox" name="replace" data-key="replace"><span>{words.REPLACE}</span></label>'
        '<button type="submit" class="small-button" data-key="import">Import it</button></form>'
    )
    ask = (
        f'<div class="ask-all" role="group" aria-label="{words.DELETE_ALL}" hidden><p>{words.DELETE_ASK}</p>'
        f'<div class="row">{do("meetings:erase-all", words.DELETE_YES, "danger", key="erase-all")}{do("keep-all", words.DELETE_NO, "small-button", key="keep-all")}</div></div>'
    )
    return (
        f'<section class="part"><h3>{words.BINDER}</h3><p>{words.BINDER_HOW}</p><div class="row">{read}</div></section>'
        f'<section class="part"><h3>{words.DATA}</h3><p>{words.DATA_HOW}</p><div class="row">{data}</div><p class="small">{words.PLACE}</p></section>'
        f'<section class="part"><h3>{words.BRING}</h3><p class="small">{words.BRING_HOW}</p>{bring}</section>'
        f'<section class="part"><h3>{words.DELETE_ALL}</h3><p class="small">{words.DELETE_HOW}</p>'
        f'<div class="row">{do("ask-all", words.DELETE_ALL, "quiet", key="ask-all")}</div>{ask}</section>'
    )


def _links(files: tuple[tuple[str, str], ...]) -> str:
    return "".join(f'<a class="small-button" href="/meetings/export/{name}" download>{label}</a>' for name, label in files)
