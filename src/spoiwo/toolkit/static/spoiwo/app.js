// Small conveniences. Every page works without this file.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";

const SHORTCUT_OFF = "spoiwo-search-key-off";
const status = document.getElementById("status");

function say(text) {
  if (status && text) {
    status.textContent = "";
    window.setTimeout(() => { status.textContent = text; }, 50);
  }
}

function startComponents() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  initAll();
  document.body.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) {
      initAll({ scope: event.detail.elt });
    }
  });
}

// A part that could not be loaded says so, to the eye and to the ear.
function tellFailures() {
  const tell = (text) => (event) => {
    const place = event.detail.elt.closest("table") ?? event.detail.elt;
    const note = document.createElement("p");
    note.className = "govuk-error-message";
    note.dataset.failure = "";
    note.textContent = text;
    if (place.nextElementSibling?.matches("[data-failure]")) {
      place.nextElementSibling.remove();
    }
    place.after(note);
    say(text);
  };
  document.body.addEventListener("htmx:sendError", tell(status?.dataset.lost));
  document.body.addEventListener("htmx:responseError", tell(status?.dataset.failed));
}

// "/" goes to the search box; a reader whose keys come from speech can turn it off (WCAG 2.1.4).
function searchKey() {
  const box = document.querySelector("[data-search]");
  const button = document.querySelector("[data-shortcut-switch]");
  const isOff = () => window.localStorage.getItem(SHORTCUT_OFF) === "1";
  if (!box) {
    button?.remove();
    return;
  }
  const label = () => { button.textContent = isOff() ? button.dataset.on : button.dataset.off; };
  if (button) {
    label();
    button.addEventListener("click", () => {
      window.localStorage.setItem(SHORTCUT_OFF, isOff() ? "0" : "1");
      label();
      say(button.textContent);
    });
  }
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.altKey && !event.metaKey && !isOff()) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
}

// Buttons and links marked data-key answer to one letter; the switch of the search key turns these off too.
function letterKeys() {
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    const off = window.localStorage.getItem(SHORTCUT_OFF) === "1";
    if (writing || off || event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.key.length !== 1) {
      return;
    }
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (wanted) {
      event.preventDefault();
      wanted.click();
    }
  });
  // After an answer the page that follows stands in place of this one: the reader begins at its top.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.requestConfig?.elt?.matches("[data-decide]")) {
      document.getElementById("main")?.focus();
      say(document.querySelector("#main .govuk-notification-banner__content")?.textContent.trim());
    }
  });
}

// Forms marked data-guard ask before the page is left with unsaved answers.
function guardUnsaved() {
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (form) {
      changed.add(form);
    }
  });
  document.addEventListener("submit", (event) => { changed.delete(event.target); });
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) {
      event.preventDefault();
    }
  });
}

// Forms marked data-draft keep what is typed in this tab until it is saved: a lost connection loses nothing.
// Nothing outlives the tab, signing out or signing in.
const DRAFT = "spoiwo-draft-";

function forgetDrafts(name = "") {
  Object.keys(window.sessionStorage)
    .filter((key) => key.startsWith(DRAFT + name))
    .forEach((key) => window.sessionStorage.removeItem(key));
}

function typedInto(form) {
  return [...form.elements].filter((field) => field.name && field.type !== "hidden" && field.type !== "submit");
}

function restoreDraft(form, note) {
  const kept = JSON.parse(window.sessionStorage.getItem(DRAFT + form.dataset.draft) ?? "null");
  if (!kept || document.querySelector(".govuk-error-summary")) {
    return;
  }
  typedInto(form).forEach((field, place) => {
    const [name, value, checked] = kept[place] ?? [];
    if (name === field.name) {
      field.value = value;
      field.checked = checked;
    }
  });
  if (note) {
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      forgetDrafts(form.dataset.draft);
      window.location.reload();
    });
  }
}

function keepDrafts() {
  const signing = document.querySelector("input[type=password]");
  if (signing) {
    forgetDrafts();
  }
  document.addEventListener("submit", (event) => {
    if (event.target.action.endsWith("/konto/logout/")) {
      forgetDrafts();
    }
  });
  const sent = window.sessionStorage.getItem(`${DRAFT}sent`);
  if (sent && document.querySelector(".govuk-notification-banner--success")) {
    forgetDrafts(sent);
  }
  window.sessionStorage.removeItem(`${DRAFT}sent`);
  const form = document.querySelector("form[data-draft]");
  if (!form) {
    return;
  }
  restoreDraft(form, document.querySelector("[data-draft-note]"));
  form.addEventListener("input", () => {
    const typed = typedInto(form).map((field) => [field.name, field.value, field.checked ?? false]);
    window.sessionStorage.setItem(DRAFT + form.dataset.draft, JSON.stringify(typed));
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      window.sessionStorage.setItem(`${DRAFT}sent`, form.dataset.draft);
      return;
    }
    event.preventDefault();
    document.querySelector("[data-draft-lost]")?.removeAttribute("hidden");
    say(status?.dataset.lost);
  });
}

// data-copy="#id" copies a value or a text, data-print prints the page.
function pageButtons() {
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    const source = copy && document.querySelector(copy.dataset.copy);
    if (source) {
      source.select?.();
      await navigator.clipboard?.writeText(source.value ?? source.textContent.trim());
      say(status?.dataset.copied);
    }
    if (event.target.closest("[data-print]")) {
      window.print();
    }
  });
}

// allauth's script reports a refused security key as an event; the page has the sentence for it.
function tellKeyFailures() {
  document.addEventListener("allauth.error", (event) => {
    const sentence = document.querySelector("[data-key-failed]");
    if (sentence) {
      event.preventDefault();
      sentence.hidden = false;
    }
  });
}

startComponents();
tellFailures();
tellKeyFailures();
searchKey();
letterKeys();
guardUnsaved();
keepDrafts();
pageButtons();
