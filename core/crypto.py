"""Encryption at rest (AES-256-GCM) and secrets that are made at the first start and kept in files."""

import base64
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import ApprodoError, SettingsError
from core.settings import Settings

_NONCE = 12


def new_secret() -> str:
    """32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def kept_secret(path: Path) -> str:
    """The secret in `path`; made, readable by this user only, where there is none yet."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    secret = new_secret()
    # Written whole under another name, then linked: two processes that start at once end with the same secret.
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_text().strip()
    finally:
        draft.unlink()
    return secret


class Cipher:
    """Seals texts with one key; what it is about (`context`) is bound to it, so that rows cannot be swapped."""

    def __init__(self, key: str) -> None:
        try:
            raw = base64.urlsafe_b64decode(key)
            if len(raw) != 32:
                raise ValueError
            self._aead = AESGCM(raw)
        except ValueError:
            raise SettingsError(
                "ENCRYPTION_KEY must be 32 bytes in URL-safe base64: `approdo secret` prints one."
            ) from None

    def seal(self, text: str, context: str) -> bytes:
        """Nonce and ciphertext of `text`."""
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, text.encode("utf-8"), context.encode())

    def open(self, sealed: bytes, context: str) -> str:
        """The text. Raises `ApprodoError` if the key or the context is not the one it was sealed with."""
        try:
            return self._aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode()).decode("utf-8")
        except InvalidTag:
            raise ApprodoError(
                "A message cannot be decrypted: ENCRYPTION_KEY is not the one it was written with."
            ) from None


def cipher_for(settings: Settings) -> Cipher:
    """The cipher with `ENCRYPTION_KEY`, or with the key kept under `VAR_DIR`."""
    if settings.encryption_key:
        return Cipher(settings.encryption_key.get_secret_value())
    return Cipher(kept_secret(settings.var_dir / "encryption.key"))
