import base64
import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from core.crypto import Cipher, cipher_for, kept_secret, new_secret
from core.errors import ApprodoError, SettingsError
from core.settings import Settings

TEXT = "Mi chiamo عائشة e ho paura 😟"


def test_what_is_sealed_opens_to_the_same_text() -> None:
    cipher = Cipher(new_secret())
    for text in ("", TEXT, "x" * 10_000):
        assert cipher.open(cipher.seal(text, "c1:1"), "c1:1") == text


def test_the_sealed_text_shows_nothing_and_is_never_twice_the_same() -> None:
    cipher = Cipher(new_secret())
    first, second = cipher.seal(TEXT, "c1:1"), cipher.seal(TEXT, "c1:1")
    assert first != second
    assert b"paura" not in first


def test_another_key_another_place_or_a_changed_bit_do_not_open() -> None:
    key = new_secret()
    sealed = Cipher(key).seal(TEXT, "c1:1")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for cipher, data, context in (
        (Cipher(new_secret()), sealed, "c1:1"),
        (Cipher(key), sealed, "c1:2"),
        (Cipher(key), changed, "c1:1"),
    ):
        with pytest.raises(ApprodoError, match="cannot be decrypted"):
            cipher.open(data, context)


@pytest.mark.parametrize("key", ["", "corta", "è" * 44, base64.urlsafe_b64encode(b"x" * 31).decode()])
def test_a_wrong_key_is_refused_by_the_name_of_its_variable(key: str) -> None:
    with pytest.raises(SettingsError, match=r"^ENCRYPTION_KEY must be 32 bytes"):
        Cipher(key)


def test_a_key_of_half_the_length_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^ENCRYPTION_KEY must be 32 bytes"):
        Cipher(base64.urlsafe_b64encode(b"x" * 16).decode())


def test_new_secrets_are_32_bytes_and_all_different() -> None:
    made = {new_secret() for _ in range(20)}
    assert len(made) == 20
    assert {len(base64.urlsafe_b64decode(secret)) for secret in made} == {32}


def test_a_kept_secret_stays_and_is_for_this_user_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "some.key"
    secret = kept_secret(path)
    assert kept_secret(path) == secret == path.read_text().strip()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_processes_that_start_at_once_end_with_the_same_secret(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as processes:
        assert len(set(processes.map(kept_secret, [tmp_path / "some.key"] * 8))) == 1


def test_the_chosen_key_comes_before_the_kept_one(tmp_path: Path) -> None:
    chosen = new_secret()
    kept = cipher_for(Settings(var_dir=tmp_path, encryption_key=None))
    sealed = kept.seal(TEXT, "c")
    assert cipher_for(Settings(var_dir=tmp_path, encryption_key=None)).open(sealed, "c") == TEXT
    with_chosen = cipher_for(Settings(var_dir=tmp_path, encryption_key=chosen))  # type: ignore[arg-type]
    assert Cipher(chosen).open(with_chosen.seal(TEXT, "c"), "c") == TEXT
    with pytest.raises(ApprodoError):
        with_chosen.open(sealed, "c")
