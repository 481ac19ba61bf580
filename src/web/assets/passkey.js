/*
 * Passkeys: what the browser's own dialogue needs of a page. The page is a form that is hidden until
 * this script finds that passkeys work here:
 *
 *   data-passkey   "create" to add one, "get" to sign in or to show once more who one is
 *   data-options   where the options come from: asked by POST with the fields of the form
 *   data-autofill  of "get": also offers passkeys in the field whose autocomplete holds "webauthn"
 *   name=challenge, name=response   hidden fields, filled in before the form is sent
 *
 * What stands in data-passkey-none is for browsers that cannot; it goes when the form comes. Words
 * on failure are the page's: of the elements data-passkey-fault="NAME" within the form the one shows
 * whose name fits, or else "other". Names are those of the server's errors, "cancelled" and "known".
 */
"use strict";

function bytesOf(text) {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

/* BASE64URL, as the standard's JSON has it. */
function textOf(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

/* The options of the server, with bytes where its JSON has texts. */
function optionsOf(json) {
  const known = (list) => list?.map((one) => ({ ...one, id: bytesOf(one.id) }));
  const options = { ...json, challenge: bytesOf(json.challenge) };
  if (json.user) {
    options.user = { ...json.user, id: bytesOf(json.user.id) };
  }
  options.excludeCredentials = known(json.excludeCredentials);
  options.allowCredentials = known(json.allowCredentials);
  return options;
}

/* What PublicKeyCredential.toJSON makes, also in browsers that do not have it yet. */
function answerOf(credential) {
  const { response } = credential;
  const answer = {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: {},
    response: { clientDataJSON: textOf(response.clientDataJSON) },
  };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) {
      answer.response[part] = textOf(response[part]);
    }
  }
  if (response.getTransports) {
    answer.response.transports = response.getTransports();
  }
  return JSON.stringify(answer);
}

function show(form, name) {
  const words = [...form.querySelectorAll("[data-passkey-fault]")];
  const named = words.find((one) => one.dataset.passkeyFault === name);
  const shown = name && (named ?? words.find((one) => one.dataset.passkeyFault === "other"));
  for (const one of words) {
    one.hidden = one !== shown;
  }
}

/* The server's options, or an error whose name is that of the refusal. */
async function ask(form) {
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams(new FormData(form)),
  });
  const json = await answer.json();
  if (!answer.ok) {
    throw Object.assign(new Error(json.message), { name: json.name });
  }
  return json;
}

const NAMES = { NotAllowedError: "cancelled", AbortError: "", InvalidStateError: "known" };

class Passkey {
  constructor(form) {
    this.form = form;
    this.waiting = null; /* of the autofill, to end it */
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    if ("autofill" in form.dataset) {
      this.offer();
    }
    form.hidden = false;
  }

  /* Asks, and sends the form with the answer. */
  async run(mediation) {
    const end = new AbortController();
    let late;
    this.waiting?.abort();
    this.waiting = end;
    show(this.form, "");
    try {
      const json = await ask(this.form);
      const kind = this.form.dataset.passkey;
      if (mediation) {
        /* The browser would wait for longer than the server does. */
        late = setTimeout(() => end.abort(), json.timeout);
      }
      const credential = await navigator.credentials[kind]({
        publicKey: optionsOf(json),
        signal: end.signal,
        ...(mediation && { mediation }),
      });
      this.form.elements.challenge.value = json.challenge;
      this.form.elements.response.value = answerOf(credential);
      this.form.submit();
    } catch (error) {
      const name = NAMES[error.name] ?? error.name;
      /* Nobody has asked for anything yet where passkeys are only offered. */
      if (!mediation) {
        show(this.form, name);
      }
    } finally {
      clearTimeout(late);
      if (this.waiting === end) {
        this.waiting = null;
      }
    }
  }

  /* Passkeys among what the browser offers for the field. Not before somebody goes there: whoever
     only looks at the page asks for nothing, and is given nothing to keep. */
  async offer() {
    const field = document.querySelector("input[autocomplete~=webauthn]");
    if (!field || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) {
      return;
    }
    field.addEventListener("focus", () => this.waiting ?? this.run("conditional"));
  }
}

if (window.PublicKeyCredential && navigator.credentials?.create) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    new Passkey(form);
    document.querySelectorAll("[data-passkey-none]").forEach((element) => element.remove());
  }
}
