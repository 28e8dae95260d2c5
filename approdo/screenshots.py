"""The pictures of the README, from the running application: the chat on a phone, the console with people waiting."""

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from approdo.browser import CHROMIUM_FLAGS, chromium, log_in
from approdo.client import ChatClient
from approdo.stack import Stack, started
from approdo.training import Say
from conversations.staff import Staff
from core.crypto import new_secret
from core.database import Database
from core.settings import Settings

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
# Invented people: nothing here was ever said by anybody.
WAITING = (
    ("ar", "هل أستطيع التحدث مع شخص عن إقامة زوجتي؟"),
    ("en", "I want to talk to a person about my son's school"),
    ("fr", "je voudrais parler à quelqu'un, ma situation est compliquée"),
    ("it", "vorrei parlare con un operatore per la tessera sanitaria"),
)


def _chat(browser: Browser, stack: Stack, folder: Path, scheme: str, name: str) -> None:
    context = browser.new_context(viewport=PHONE, locale="ar-EG", color_scheme=scheme, device_scale_factor=2)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(stack.url)
    page.locator("#text").fill("كيف أجدد تصريح الإقامة؟")
    page.locator("#form button").click()
    page.locator("article.bot .source").nth(1).wait_for()  # the first is the privacy note under the greeting
    page.wait_for_timeout(600)
    page.screenshot(path=folder / f"{name}.png")
    context.close()


def _console(browser: Browser, stack: Stack, folder: Path, password: str, scheme: str, name: str) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="it-IT", color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, stack.url, "anna", password)
    page.get_by_text("In attesa:").wait_for()
    page.get_by_role("listitem").filter(has_text="زوجتي").click()
    page.get_by_role("log").get_by_text("زوجتي").wait_for()
    claim = page.get_by_role("button", name="Prendi in carico")
    if claim.is_visible():
        claim.click()
    page.get_by_label("Scrivi alla persona").wait_for()
    page.wait_for_timeout(1500)
    page.screenshot(path=folder / f"{name}.png")
    context.close()


def take(settings: Settings, folder: Path, say: Say) -> None:
    """Write chat.png, chat-dark.png, console.png, console-dark.png into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    password = new_secret()
    with started(settings, say) as stack, sync_playwright() as playwright:
        Staff(Database(stack.settings.database)).add("anna", "Anna", password, [settings.default_ambito])
        for language, text in WAITING:
            ChatClient(stack.url, language=language).ask(text)
        ChatClient(stack.url, language="it").ask("mio marito mi picchia, ho paura")
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        for scheme, suffix in (("light", ""), ("dark", "-dark")):
            _chat(browser, stack, folder, scheme, f"chat{suffix}")
            _console(browser, stack, folder, password, scheme, f"console{suffix}")
        browser.close()
    say(f"Wrote four pictures into {folder}")
