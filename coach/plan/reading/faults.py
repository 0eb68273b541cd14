"""Every way in which a file cannot be read, and the one sentence for each that says what to do."""

PASTE = "copy its text and paste it here"
TAKES = "I can read PDF, Word (.docx), plain text, Markdown, web pages, saved e-mails (.eml) and pictures (PNG, JPG, TIFF, BMP)"

SENTENCES = {
    "empty": "This file is empty (0 bytes); please choose the file again or save it anew.",
    "large": "This file is larger than 10 MB; please send a smaller copy, for example a PDF without pictures, or paste the text.",
    "pages": "This file has more than 50 pages; please send only the pages with the plan.",
    "unpacks": "This file unpacks to much more than a plan needs; please save it without pictures and attachments, or paste the text.",
    "encrypted": "This file is protected with a password; please save a copy without the password, or paste the text.",
    "damaged": f"This file is damaged or incomplete; please save or download it again, or {PASTE}.",
    "doctype": f"This Word file has content that a Word file should not have; please save it anew in Word, or {PASTE}.",
    "macro": "This Word file can contain macros (.docm); please save it as a normal Word document (.docx).",
    "doc": "This is an old Office file (.doc, .xls, .ppt or .msg); please save it as .docx or PDF.",
    "rtf": "This is a rich text file (.rtf); please save it as .docx or PDF.",
    "odt": "This is an OpenDocument file (.odt, .ods or .odp); please save it as .docx or PDF.",
    "pages_app": "This is an Apple Pages, Numbers or Keynote file; please export it as PDF or Word.",
    "xlsx": "This is an Excel file; please save the sheet with the plan as PDF, or paste the text.",
    "pptx": "This is a PowerPoint file; please save it as PDF, or paste the text.",
    "zip": "This is a packed folder (.zip); please unpack it and choose the document inside.",
    "picture": "I cannot read this kind of picture; please save it as PNG or JPG.",
    "unknown": f"I do not know this kind of file; {TAKES}.",
    "no_tesseract": (
        "This file is a picture of text, and reading pictures needs the program tesseract, which is not installed here; "
        "please paste the text, or install tesseract."
    ),
    "too_slow": "Reading this file took too long, so I stopped; please send only the pages with the plan, or paste the text.",
    "stopped": "You stopped the reading of this file; please add it again when you want it read.",
    "too_big": "Reading this file needs too much memory, so I stopped; please send only the pages with the plan, or paste the text.",
    "failed": f"I could not read this file; please save it as PDF or .docx again, or {PASTE}.",
    "no_text": f"I found no text in this file; please check that it is the right one, or {PASTE}.",
    "much_text": "This file has more text than a plan needs; please send only the pages with the plan.",
}


class Fault(Exception):
    """A file that cannot be read; `code` is a key of SENTENCES. Never leaves the reading package."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
