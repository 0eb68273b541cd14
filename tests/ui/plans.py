"""Plans for the tests of the page: as text, and as a Word file that python-docx makes."""

import io

PLAN = """Performance Improvement Plan

Employee: Ana Petrov
Manager: Tom Reed
Start date: 4 January 2027
End date: 5 March 2027

Goals
1. Close at least 20 tickets a week by 15 February 2027.
2. Answer every customer e-mail within one working day.
3. Show more ownership; be more proactive in meetings.

Support
Your manager will give you a training course on 11 January 2027.

If the goals are not met, your employment may be terminated.

Signing confirms that you have received this plan. It does not mean that you agree.
"""
REVISED = (
    PLAN.replace("by 15 February 2027", "by 22 February 2027")
    .replace("3. Show more ownership; be more proactive in meetings.", "3. Write the shift report every Friday.")
    .replace("within one working day", "within four working hours")
)
OPEN_SENTENCE = "The bench is <b>tidy</b> when the late shift arrives."
OPEN = PLAN.replace("Support\n", f"{OPEN_SENTENCE}\n\nSupport\n")
AMBIGUOUS = """Performance Improvement Plan

Employee: Ana Petrov
Manager: Tom Reed
Start date: 03/04/2026
End date: 05/06/2026

Goals
1. Close at least 20 tickets a week by 04/05/2026.
2. Answer every customer e-mail within one working day.

Support
Your manager will meet you every week.
"""
LIST = "Shopping list\n\nmilk\nbread\n"
HOSTILE_NAME = '<img src=x onerror="document.title=1">.docx'
HOSTILE = PLAN.replace("Ana Petrov", "Ana <img src=x onerror=alert(1)> Petrov").replace(
    "Close at least 20 tickets", '=HYPERLINK("http://evil.example") </mark><script>document.title=2</script> Close at least 20 tickets'
)


def docx(text: str = PLAN) -> bytes:
    from docx import Document

    document = Document()
    for line in text.split("\n"):
        if line.strip():
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
