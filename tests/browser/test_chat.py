"""The web chat as a person uses it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from approdo.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.stack]
PHONE = {"width": 360, "height": 740}


def open_chat(browser: Browser, stack: Stack, locale: str = "it-IT") -> Page:
    page = browser.new_context(viewport=PHONE, locale=locale).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(stack.url)
    expect(page.locator("article.welcome")).to_be_visible()
    assert errors == []
    return page


def ask(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#form button").click()


def test_an_arabic_speaker_reads_an_arabic_answer_from_right_to_left(browser: Browser, stack: Stack) -> None:
    page = open_chat(browser, stack, "ar-EG")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    ask(page, "كيف أجدد تصريح الإقامة؟")
    answer = page.locator("article.bot:not(.welcome)")
    expect(answer).to_have_count(1, timeout=15000)
    expect(answer).to_have_attribute("lang", "ar")
    expect(answer.locator(".source time")).to_have_attribute("datetime", "2026-11-23")
    expect(answer.locator(".source time")).to_contain_text("2026")
    expect(answer.locator(".source a")).to_have_attribute("href", re.compile("^https://"))
    # Nothing runs out of the window on a small phone.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_button_asks_the_next_question(browser: Browser, stack: Stack) -> None:
    page = open_chat(browser, stack)
    ask(page, "come rinnovo il permesso di soggiorno?")
    page.get_by_role("button", name="Quanto costa").click(timeout=15000)
    expect(page.locator("article.bot:not(.welcome)")).to_have_count(2, timeout=15000)
    expect(page.locator("article.user").nth(1).locator(".words")).to_have_text("Quanto costa")


def test_a_reload_keeps_the_conversation_and_doubles_nothing(browser: Browser, stack: Stack) -> None:
    page = open_chat(browser, stack)
    ask(page, "ciao")
    expect(page.locator("article.bot:not(.welcome)")).to_have_count(1, timeout=15000)
    page.reload()
    expect(page.locator("article.bot:not(.welcome)")).to_have_count(1, timeout=15000)
    expect(page.locator("article.user")).to_have_count(1)


def test_what_is_written_without_a_connection_is_sent_once_when_it_is_back(browser: Browser, stack: Stack) -> None:
    page = open_chat(browser, stack)
    ask(page, "ciao")
    expect(page.locator("article.bot:not(.welcome)")).to_have_count(1, timeout=15000)
    page.context.set_offline(True)
    ask(page, "grazie")
    expect(page.locator("article.user.pending")).to_have_count(1)
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    expect(page.locator("article.bot:not(.welcome)")).to_have_count(2, timeout=30000)
    expect(page.locator("article.user")).to_have_count(2)
    expect(page.locator("article.pending")).to_have_count(0)


def test_mark_up_in_a_message_stays_text(browser: Browser, stack: Stack) -> None:
    page = open_chat(browser, stack)
    ask(page, "<img src=x onerror=alert(1)><b>ciao</b>")
    expect(page.locator("article.user .words")).to_contain_text("<b>ciao</b>")
    assert page.locator("article.user img").count() == 0


def test_a_new_chat_begins_anew(browser: Browser, stack: Stack) -> None:
    page = open_chat(browser, stack)
    ask(page, "ciao")
    expect(page.locator("article.bot:not(.welcome)")).to_have_count(1, timeout=15000)
    page.locator("#new").click()
    expect(page.locator("article")).to_have_count(1)
    ask(page, "grazie")
    expect(page.locator("article.user")).to_have_count(1)
    expect(page.locator("article.bot:not(.welcome)")).to_have_count(1, timeout=15000)


def test_the_language_can_be_chosen_before_and_during_a_conversation(browser: Browser, stack: Stack) -> None:
    page = open_chat(browser, stack)
    page.locator("#language").select_option("fr")
    expect(page.locator("article.welcome .words")).to_contain_text("Bonjour")
    ask(page, "bonjour")
    expect(page.locator("article.bot:not(.welcome)").first).to_have_attribute("lang", "fr", timeout=15000)
    page.locator("#language").select_option("ar")
    expect(page.locator("article.bot:not(.welcome)").nth(1)).to_have_attribute("lang", "ar", timeout=15000)
