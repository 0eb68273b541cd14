"""The page. The only package that imports gradio."""

from coach.ui import hosted
from coach.ui.page import build_ui
from coach.ui.server import launch

__all__ = ["build_ui", "hosted", "launch"]
