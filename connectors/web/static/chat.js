// The chat page: keeps the conversation's id, token and unsent messages in this browser; shows what the server has.
const api = "/api/web/conversations";
const byId = (id) => document.getElementById(id);
const [log, form, input, status, picker] = ["log", "form", "text", "status", "language"].map(byId);
const KEY = "approdo";
let texts = {};
let kept = read();
let shown = 0; // seq of the newest message on the page
let generation = 0; // a new chat ends the waiting of the old one

function read() {
  try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return {}; }
}
function keep() {
  try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* private window: this page only */ }
}
function word(name) { return (texts[kept.language] || texts.it || {})[name] || ""; }
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
function identifier() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Links, phone numbers and e-mail addresses stay whole and left-to-right in a right-to-left text.
const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]»]|www\.[^\s<>"]+[^\s<>".,;:!?)\]»]|\b(?:112|1522|800[ \d]{6,9}\d)\b)/g;
function words(target, text) {
  text.split(LINK).forEach((part, index) => {
    if (index % 2 === 0) { target.append(part); return; }
    const link = element("a", "", part);
    const isUrl = /^(http|www)/.test(part);
    link.href = isUrl ? (part.startsWith("http") ? part : `https://${part}`) : `tel:${part.replace(/ /g, "")}`;
    if (isUrl) { link.target = "_blank"; link.rel = "noopener noreferrer"; }
    const isolate = element("bdi"); isolate.dir = "ltr"; isolate.append(link);
    target.append(isolate);
  });
}

function day(date) {
  const wanted = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC", numberingSystem: "latn" };
  return new Intl.DateTimeFormat(kept.language, wanted).format(new Date(`${date}T00:00:00Z`));
}

function show(message) {
  if (message.seq <= shown) return;
  shown = message.seq;
  document.querySelectorAll("article.pending").forEach((a) => { if (kept.sent?.[a.dataset.id] === message.seq) a.remove(); });
  const article = element("article", message.sender);
  if (message.outcome === "emergency") article.classList.add("emergency-answer");
  if (message.language) article.lang = message.language;
  const who = message.sender === "user" ? word("you") : message.author || word("assistant");
  article.append(element("p", "who", who));
  const body = element("p", "words"); body.dir = "auto"; words(body, message.text); article.append(body);
  if (message.source) {
    const source = element("p", "source");
    words(source, `${word("source")}: ${message.source}`);
    const checked = element("time", "", day(message.checked_on)); checked.dateTime = message.checked_on;
    source.append(element("br"), `${word("checked")} `, checked);
    if (message.note) source.append(element("br"), message.note);
    source.dir = "auto";
    article.append(source);
  }
  if (message.buttons.length) {
    const row = element("div", "choices");
    for (const button of message.buttons) {
      const choice = element("button", "", button.title);
      choice.type = "button"; choice.dir = "auto";
      choice.addEventListener("click", () => send(button.payload, button.title));
      row.append(choice);
    }
    article.append(row);
  }
  log.append(article);
  // An answer is read from its beginning: where it is longer than the window, that is what is shown.
  const start = article.offsetTop - log.offsetTop - 8;
  log.scrollTop = message.sender === "user" ? log.scrollHeight : Math.min(start, log.scrollHeight);
}

async function request(path, options = {}) {
  const headers = { "Content-Type": "application/json" };
  if (kept.token) headers.Authorization = `Bearer ${kept.token}`;
  const answer = await fetch(api + path, { ...options, headers });
  if (answer.status === 401 || answer.status === 404) { forget(); throw new Error("gone"); }
  return answer;
}

let opening = null;
async function conversation() {
  if (kept.id) return;
  opening ||= (async () => {
    const ambito = new URLSearchParams(location.search).get("ambito");
    const body = { language: kept.chosen ? kept.language : undefined, ambito: ambito || undefined };
    const answer = await fetch(api, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`open ${answer.status}`);
    Object.assign(kept, await answer.json()); keep();
    listen();
  })().finally(() => { opening = null; });
  await opening;
}

// What is to be sent is kept before it is sent, under a name of its own: a reload or a lost connection neither loses
// nor doubles it.
function send(payload, title) {
  const message = { id: identifier(), payload, title: title || payload };
  (kept.unsent ||= []).push(message); keep();
  pending(message);
  flush();
}
function pending(message) {
  const article = element("article", "user pending"); article.dataset.id = message.id;
  article.append(element("p", "who", word("you")));
  const body = element("p", "words", message.title); body.dir = "auto"; article.append(body);
  log.append(article); log.scrollTop = log.scrollHeight;
}
let flushing = false;
async function flush() {
  if (flushing) return;
  flushing = true;
  let wait = 500;
  while (kept.unsent?.length) {
    const message = kept.unsent[0];
    status.textContent = word("sending");
    try {
      await conversation();
      const body = JSON.stringify({ client_id: message.id, text: message.payload });
      const answer = await request(`/${kept.id}/messages`, { method: "POST", body });
      if (answer.ok) {
        const { seq } = await answer.json();
        (kept.sent ||= {})[message.id] = seq;
        if (seq <= shown) document.querySelector(`article[data-id="${message.id}"]`)?.remove();
        status.textContent = kept.owner === "bot" || !kept.owner ? word("writing") : word("waiting");
      } else if (answer.status < 500) {
        status.textContent = answer.status === 413 ? word("too_long") : word("failed");
        document.querySelector(`article[data-id="${message.id}"]`)?.remove();
        input.value ||= message.title;
      } else { throw new Error(`send ${answer.status}`); }
      kept.unsent.shift(); keep(); wait = 500;
    } catch (error) {
      if (error.message !== "gone") { status.textContent = word("offline"); await pause(wait); wait = Math.min(wait * 2, 8000); }
    }
  }
  flushing = false;
}

async function listen() {
  const mine = ++generation;
  let wait = 500;
  while (mine === generation && kept.id) {
    try {
      const answer = await request(`/${kept.id}/messages?after=${shown}&wait=25`);
      if (!answer.ok) throw new Error(`read ${answer.status}`);
      const { messages, owner } = await answer.json();
      if (mine !== generation) return;
      messages.forEach(show);
      kept.owner = owner; keep();
      if (messages.some((m) => m.sender !== "user")) status.textContent = owner === "queue" ? word("waiting") : "";
      wait = 500;
    } catch (error) {
      if (error.message === "gone") return;
      status.textContent = word("offline");
      await pause(wait); wait = Math.min(wait * 2, 8000);
    }
  }
}

function forget() {
  generation += 1; shown = 0;
  kept = { language: kept.language, chosen: kept.chosen, unsent: kept.unsent || [] }; keep();
  log.replaceChildren(); welcome();
}
function welcome() {
  const article = element("article", "bot welcome");
  article.append(element("p", "who", word("assistant")));
  const body = element("p", "words", word("welcome")); body.dir = "auto";
  const privacy = element("p", "source", word("privacy")); privacy.dir = "auto";
  article.append(body, privacy);
  log.append(article);
}
function dress() {
  document.documentElement.lang = kept.language;
  document.documentElement.dir = texts[kept.language].direction;
  document.querySelectorAll("[data-text]").forEach((e) => { e.textContent = word(e.dataset.text); });
  document.querySelectorAll("[data-placeholder]").forEach((e) => { e.placeholder = word(e.dataset.placeholder); });
  picker.value = kept.language;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return;
  input.value = ""; input.style.height = "";
  send(text);
});
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
});
input.addEventListener("input", () => { input.style.height = ""; input.style.height = `${input.scrollHeight}px`; });
picker.addEventListener("change", () => {
  const first = !kept.id;
  kept.language = picker.value; kept.chosen = true; keep(); dress();
  if (first) { log.replaceChildren(); welcome(); } else { send(texts[kept.language].name); }
});
byId("new").addEventListener("click", () => { kept.unsent = []; forget(); dress(); status.textContent = ""; input.focus(); });
addEventListener("online", flush);

texts = await (await fetch("/api/web/texts")).json();
for (const [code, language] of Object.entries(texts)) {
  const option = element("option", "", language.name); option.value = code; option.lang = code; picker.append(option);
}
const wanted = [kept.language, ...(navigator.languages || []).map((l) => l.slice(0, 2)), "it"];
kept.language = wanted.find((code) => texts[code]);
dress(); welcome();
(kept.unsent || []).forEach(pending);
if (kept.id) listen();
flush();
