"""The channel, as a small Sanic application on a free port."""

import asyncio
import http.client
import json
import os
import socket
import threading
import unittest
from types import SimpleNamespace
from unittest import mock

from sanic import Sanic

from bot.channel import TOKEN_VARIABLE, ApprodoInput, WholeReplies

TOKEN = "a secret"
BUTTONS = [{"title": "Sì", "payload": "/affirm"}]


class Served:
    """The channel in an application of its own, served from a thread. Sanic serves one application a process."""

    def __init__(self):
        self.seen = []
        self.ready = True
        self.channel = ApprodoInput(TOKEN)
        self.app = Sanic("channel", configure_logging=False)
        self.app.ctx.agent = SimpleNamespace(is_ready=lambda: self.ready)
        self.app.blueprint(self.channel.blueprint(self.turn), url_prefix="/webhooks/approdo")
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.loop = asyncio.new_event_loop()
        started = threading.Event()

        async def serve():
            server = await self.app.create_server(sock=self.socket, return_asyncio_server=True)
            await server.startup()
            await server.start_serving()
            self.server = server
            started.set()

        def run():
            asyncio.set_event_loop(self.loop)
            self.loop.run_until_complete(serve())
            self.loop.run_forever()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        assert started.wait(20)

    async def turn(self, message):
        self.seen.append(message)
        if message.text == "fail":
            raise RuntimeError("no action server")
        send = message.output_channel.send_response
        await send(message.sender_id, {"text": "prima", "buttons": BUTTONS, "custom": {"outcome": "answer"}})
        await send(message.sender_id, {"text": "seconda", "buttons": [], "image": None, "attachment": "x"})
        await message.output_channel.send_text_message(message.sender_id, "terza")

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(*self.socket.getsockname()[:2], timeout=20)
        try:
            connection.request(method, f"/webhooks/approdo{path}", body, headers or {})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"null")
        finally:
            connection.close()

    def post(self, body, token=TOKEN):
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self.request("POST", "/webhook", body if isinstance(body, bytes) else json.dumps(body), headers)

    def stop(self):
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.socket.close()


class ChannelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.served = Served()

    @classmethod
    def tearDownClass(cls) -> None:
        cls.served.stop()

    def setUp(self) -> None:
        self.served.seen.clear()
        self.served.ready = True

    def test_a_wrong_or_missing_token_is_refused_before_anything_happens(self) -> None:
        for token in (None, "", "wrong", "a secret ", "A SECRET", "sécret", "\xff\xfe"):
            with self.subTest(token):
                status, body = self.served.post({"sender": "s", "message": "ciao"}, token)
                self.assertEqual(status, 401)
                self.assertIn("error", body)
        self.assertEqual(self.served.seen, [])

    def test_a_channel_without_a_token_lets_everyone_in(self) -> None:
        with mock.patch.object(self.served.channel, "token", None):
            self.assertEqual(self.served.post({"sender": "s", "message": "ciao"}, None)[0], 200)

    def test_replies_come_whole_and_in_order(self) -> None:
        status, body = self.served.post({"sender": "s", "message": "ciao"})
        self.assertEqual(status, 200)
        first = {"text": "prima", "buttons": BUTTONS, "custom": {"outcome": "answer"}}
        self.assertEqual(body, {"replies": [first, {"text": "seconda"}, {"text": "terza"}]})

    def test_sender_text_and_metadata_reach_the_turn(self) -> None:
        self.served.post({"sender": "someone", "message": "ciao", "metadata": {"language": "ar"}})
        (message,) = self.served.seen
        self.assertEqual((message.sender_id, message.text, message.input_channel), ("someone", "ciao", "approdo"))
        self.assertEqual(message.metadata, {"language": "ar"})

    def test_a_turn_that_fails_is_an_error_and_not_silence(self) -> None:
        with self.assertLogs("bot.channel", "ERROR"):
            status, body = self.served.post({"sender": "s", "message": "fail"})
        self.assertEqual(status, 500)
        self.assertIn("error", body)
        self.assertEqual(self.served.post({"sender": "s", "message": "ciao"})[0], 200)

    def test_what_is_no_message_is_refused(self) -> None:
        for body in (
            b"{",
            b"[]",
            b'"ciao"',
            b"{}",
            b'{"message": "ciao"}',
            b'{"sender": "s"}',
            b'{"sender": "s", "message": 3}',
        ):
            with self.subTest(body):
                self.assertEqual(self.served.post(body)[0], 400)
        self.assertEqual(self.served.seen, [])

    def test_health_says_whether_there_is_a_model(self) -> None:
        self.assertEqual(self.served.request("GET", "/"), (200, {"status": "ok"}))
        self.served.ready = False
        self.assertEqual(self.served.request("GET", "/")[0], 503)


class SettingsTest(unittest.TestCase):
    def test_the_token_comes_from_the_environment(self) -> None:
        for given, expected in ((TOKEN, TOKEN), ("", None)):
            with mock.patch.dict(os.environ, {TOKEN_VARIABLE: given}):
                self.assertEqual(ApprodoInput.from_credentials(None).token, expected)
        self.assertEqual(ApprodoInput.name(), WholeReplies.name())


if __name__ == "__main__":
    unittest.main()
