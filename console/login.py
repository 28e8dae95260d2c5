"""`/console/login`."""

from fastapi.responses import RedirectResponse
from nicegui import ui

from console.looks import use_colors
from console.session import Sessions


def register(sessions: Sessions) -> None:
    """Add the page, and the one that leads to it or on."""

    @ui.page("/")
    def home() -> RedirectResponse:
        return RedirectResponse("/console/desk" if sessions.operator() else "/console/login")

    @ui.page("/login")
    def login() -> RedirectResponse | None:
        if sessions.operator():
            return RedirectResponse("/console/desk")

        use_colors()

        async def enter() -> None:
            wrong = await sessions.log_in(username.value, password.value)
            if wrong:
                message.set_text(wrong)
                password.set_value("")
            else:
                ui.navigate.to("/desk")

        with ui.column().classes("absolute-center items-stretch w-80 gap-4"):
            ui.label("Approdo").classes("text-3xl font-bold text-center")
            ui.label("Accesso per gli operatori dello sportello").classes("text-center text-gray-600")
            username = ui.input("Nome utente").props('autofocus autocomplete="username" outlined')
            password = ui.input("Password", password=True, password_toggle_button=True).props(
                'autocomplete="current-password" outlined'
            )
            password.on("keydown.enter", enter)
            message = ui.label().classes("text-red-700 min-h-6").props('role="alert"')
            ui.button("Entra", on_click=enter).props("size=lg")
        return None
