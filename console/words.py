"""What the console says, in Italian."""

from core.errors import AlreadyClaimed, InvalidInput, NotAllowed, RequestError

REASONS = {
    "asked": "Ha chiesto una persona",
    "not_understood": "Il bot non ha capito due volte",
    "bot_failed": "Il bot non funzionava",
    None: "",
}
OWNERS = {"bot": "con il bot", "queue": "in attesa", "operator": "con un operatore"}
EVENTS = {
    "opened": "Conversazione aperta",
    "queued": "In attesa di una persona",
    "claimed": "Presa in carico",
    "released": "Rimessa in attesa",
    "returned": "Restituita al bot",
    "closed": "Chiusa",
    "reopened": "Riaperta",
    "discarded": "Risposta del bot scartata",
    "urgent": "Segnalata urgente",
    "undelivered": "Messaggio non consegnato",
}


def waited(milliseconds: int) -> str:
    """How long somebody has waited, in words."""
    minutes = max(0, milliseconds) // 60_000
    if minutes < 1:
        return "da meno di un minuto"
    if minutes < 60:
        return f"da {minutes} min"
    hours = minutes // 60
    return f"da {hours} h {minutes % 60} min" if hours < 24 else f"da {hours // 24} g"


def problem_words(error: RequestError) -> str:
    """What went wrong, for an operator."""
    if isinstance(error, AlreadyClaimed):
        return f"Questa conversazione è già di {error.holder}."
    if isinstance(error, InvalidInput):
        return "Il messaggio è troppo lungo." if error.status == 413 else "Il messaggio è vuoto o non è un testo."
    if isinstance(error, NotAllowed):
        return "Questa conversazione è di un altro ambito."
    return "La conversazione non è più tua: prendila in carico di nuovo."
