"""What all pages of the console look like."""

from nicegui import ui

# Dark enough for white letters on it (WCAG 2.2, contrast 7.9 : 1).
PRIMARY = "#0b4f9e"


def use_colors() -> None:
    """Approdo's colours on the page that is being made; dark or light as the browser says."""
    ui.colors(primary=PRIMARY)
    # On a dark page the outlined buttons need a lighter blue.
    ui.add_css(".body--dark .q-btn--outline.text-primary { color: #9cc7f5 !important }")
