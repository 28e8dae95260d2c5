"""The staff console as operators use it, with a migrant at the other end."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from approdo.browser import log_in
from approdo.client import ChatClient
from approdo.stack import Stack
from conversations.staff import Operator
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def console_of(browser: Browser, stack: Stack, username: str, password: str = PASSWORD) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="it-IT").new_page()
    log_in(page, stack.url, username, password)
    return page


def open_line(page: Page, preview: str) -> None:
    page.get_by_role("listitem").filter(has_text=preview).click()
    expect(page.get_by_role("log")).to_contain_text(preview)


def test_nobody_enters_with_a_wrong_password_or_without_one(
    browser: Browser, stack: Stack, desk_people: tuple[Operator, Operator]
) -> None:
    page = console_of(browser, stack, "anna", "sbagliata davvero")
    expect(page.get_by_role("alert").filter(has_text="non corretti")).to_be_visible()
    page.goto(f"{stack.url}/console/desk")
    expect(page).to_have_url(re.compile("/console/login"))


def test_an_operator_takes_over_writes_and_hands_back(
    browser: Browser, stack: Stack, desk_people: tuple[Operator, Operator]
) -> None:
    page = console_of(browser, stack, "anna")
    expect(page.get_by_text("In attesa:")).to_be_visible()
    chat = ChatClient(stack.url, language="fr")
    chat.ask("je veux parler à une personne du guichet numéro un")
    # It appears by itself.
    open_line(page, "guichet numéro un")
    page.get_by_role("button", name="Prendi in carico").click()
    page.get_by_label("Scrivi alla persona").fill("Bonjour, je suis Anna")
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_role("log")).to_contain_text("Bonjour, je suis Anna")
    expect(page.get_by_label("Scrivi alla persona")).to_have_value("")
    seen = chat.read(after=0)
    assert [m["text"] for m in seen if m["sender"] == "operator"] == ["Bonjour, je suis Anna"]
    # What the migrant writes now appears, and the bot is silent.
    chat.send("merci Anna, /restart")
    expect(page.get_by_role("log")).to_contain_text("merci Anna, /restart")
    page.get_by_role("button", name="Restituisci al bot").click()
    expect(page.get_by_role("button", name="Prendi in carico")).to_be_visible()
    chat.ask("comment obtenir la carte sanitaire ?")
    senders = [m["sender"] for m in chat.read(after=0)]
    assert senders == ["user", "bot", "system", "operator", "user", "system", "user", "bot"]


def test_of_two_operators_who_claim_one_has_it_and_the_other_is_told_who(
    browser: Browser, stack: Stack, desk_people: tuple[Operator, Operator]
) -> None:
    chat = ChatClient(stack.url, language="it")
    chat.ask("vorrei parlare con un operatore, caso conteso")
    anna, bruno = (console_of(browser, stack, name) for name in ("anna", "bruno"))
    for page in (anna, bruno):
        open_line(page, "caso conteso")
    # Bruno's page does not learn of Anna's claim before he presses the button himself.
    bruno.context.set_offline(True)
    anna.get_by_role("button", name="Prendi in carico").click()
    expect(anna.get_by_role("button", name="Restituisci al bot")).to_be_visible()
    bruno.get_by_role("button", name="Prendi in carico").click()
    bruno.context.set_offline(False)
    expect(bruno.get_by_role("listitem").filter(has_text="caso conteso")).to_contain_text("con Anna", timeout=30000)
    expect(bruno.get_by_role("button", name="Invia")).to_be_hidden()


def test_an_urgent_conversation_stands_out_while_the_bot_still_has_it(
    browser: Browser, stack: Stack, desk_people: tuple[Operator, Operator]
) -> None:
    page = console_of(browser, stack, "bruno")
    ChatClient(stack.url, language="it").ask("mio marito mi picchia, caso urgente")
    line = page.get_by_role("listitem").filter(has_text="caso urgente")
    expect(line).to_contain_text("URGENTE")
    expect(page.get_by_role("listitem").first).to_contain_text("URGENTE")


def test_on_a_phone_the_conversation_takes_the_place_of_the_list_and_gives_it_back(
    browser: Browser, stack: Stack, desk_people: tuple[Operator, Operator]
) -> None:
    ChatClient(stack.url, language="it").ask("voglio un operatore sul telefono")
    page = console_of(browser, stack, "anna")
    page.set_viewport_size({"width": 390, "height": 800})
    open_line(page, "sul telefono")
    expect(page.get_by_text("In attesa:")).to_be_hidden()
    expect(page.get_by_role("button", name="Prendi in carico")).to_be_in_viewport()
    page.get_by_role("button", name="Elenco").click()
    expect(page.get_by_text("In attesa:")).to_be_visible()
    expect(page.get_by_role("log")).to_be_hidden()


def test_a_draft_survives_news_and_an_empty_reply_is_refused(
    browser: Browser, stack: Stack, desk_people: tuple[Operator, Operator]
) -> None:
    chat = ChatClient(stack.url, language="it")
    chat.ask("voglio un operatore per la bozza")
    page = console_of(browser, stack, "anna")
    open_line(page, "per la bozza")
    page.get_by_role("button", name="Prendi in carico").click()
    page.get_by_role("button", name="Invia").click()
    expect(page.get_by_text("Il messaggio è vuoto")).to_be_visible()
    page.get_by_label("Scrivi alla persona").fill("una risposta lunga che scr")
    chat.send("ci siete ancora?")
    expect(page.get_by_role("log")).to_contain_text("ci siete ancora?")
    expect(page.get_by_label("Scrivi alla persona")).to_have_value("una risposta lunga che scr")
