"""Every setting, typed, in one place. `.env.example` documents each once (a test holds the two together)."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Read from the environment, then from `.env`. The field's name in capitals is the variable's."""

    model_config = SettingsConfigDict(env_file=ROOT / ".env", extra="ignore", env_ignore_empty=True)

    environment: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    rasa_port: Annotated[int, Field(ge=1, le=65535)] = 5005
    rasa_url: str | None = None
    rasa_timeout_seconds: Annotated[float, Field(gt=0)] = 6.0
    bot_attempts: Annotated[int, Field(ge=1)] = 3
    bot_patience_seconds: Annotated[float, Field(ge=0)] = 30.0
    bot_token: SecretStr | None = None
    action_token: SecretStr | None = None
    var_dir: Path = ROOT / "var"
    database_url: str | None = None
    encryption_key: SecretStr | None = None
    session_secret: SecretStr | None = None
    default_ambito: str = "sondrio"
    demo: bool = False
    embedding_model: str | None = None
    first_password: SecretStr | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL: `DATABASE_URL`, or a SQLite file under `VAR_DIR`."""
        return self.database_url or f"sqlite:///{self.var_dir / 'approdo.db'}"

    @property
    def models(self) -> Path:
        """Where trained models are kept."""
        return self.var_dir / "models"

    @property
    def rasa(self) -> str:
        """Rasa's base URL, no slash at the end."""
        return (self.rasa_url or f"http://127.0.0.1:{self.rasa_port}").rstrip("/")

    def check(self) -> None:
        """Raise `SettingsError` where production would run on a secret that nobody chose."""
        if self.environment != "production":
            return
        for name in ("encryption_key", "session_secret", "bot_token", "action_token"):
            if getattr(self, name) is None:
                raise SettingsError(
                    f"{name.upper()} is not set. In production choose it yourself and keep it: "
                    "`approdo secret` prints a good one."
                )


def read_settings() -> Settings:
    """Read them anew. Raises `SettingsError` that names each wrong variable."""
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{str(e['loc'][0]).upper()}: {e['msg']} (it is {e['input']!r})" for e in error.errors())
        raise SettingsError(f"Wrong setting. {wrong}. See .env.example.") from None
    settings.check()
    return settings


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings()
