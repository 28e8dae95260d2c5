"""The web chat: the API that a page talks to, and the page."""
