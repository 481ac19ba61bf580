/*
 * What script adds to pages that all work without it: buttons that copy, print, and open all parts
 * of an explanation, a filter above long tables, and a file that is dropped. Nothing is remembered
 * and nothing is sent. Every word that a reader sees comes from the page's own attributes.
 */
"use strict";

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-small no-print";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

/* data-copy on a code or pre: a button beside it that copies its text. */
function copies(element) {
  if (!navigator.clipboard) {
    return;
  }
  const { copy, copied } = document.body.dataset;
  const text = element.textContent;
  const made = button(copy, async () => {
    await navigator.clipboard.writeText(text);
    made.textContent = copied;
    setTimeout(() => { made.textContent = copy; }, 2000);
  });
  made.setAttribute("aria-live", "polite");
  if (element.tagName === "PRE") {
    const box = document.createElement("div");
    box.className = "copyable";
    element.replaceWith(box);
    box.append(element, made);
  } else {
    element.after(" ", made);
  }
}

/* data-print: a button within it that prints the page. */
function prints(element) {
  const made = button(element.dataset.print, () => window.print());
  made.className = "button no-print";
  element.append(made);
}

/* data-open and data-close: buttons before it that open and close every part within. */
function folds(element) {
  const parts = element.getElementsByTagName("details");
  if (parts.length < 2) {
    return;
  }
  const all = (open) => () => { for (const part of parts) part.open = open; };
  const row = document.createElement("p");
  row.className = "actions no-print";
  row.append(button(element.dataset.open, all(true)), button(element.dataset.close, all(false)));
  element.before(row);
}

/* What is compared: without case and without marks on letters. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/* data-filter on a table or list: a field before it that hides what does not hold its words. */
function filters(element, number) {
  const rows = Array.from(element.tBodies ? element.querySelectorAll("tbody tr") : element.children)
    .map((row) => ({ row, text: plain(row.textContent) }));
  const box = document.createElement("div");
  const label = document.createElement("label");
  const input = document.createElement("input");
  const count = document.createElement("p");
  box.className = "filter no-print";
  label.textContent = element.dataset.filter;
  input.type = "search";
  input.id = `filter-${number}`;
  label.htmlFor = input.id;
  count.className = "filter-count";
  count.setAttribute("role", "status");
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/u);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    count.textContent = `${shown} / ${rows.length}`;
  });
  box.append(label, input, count);
  element.before(box);
}

/* data-drop around a file input: takes a file that is dropped, and says so in the hint's place. */
function drops(element) {
  const input = element.querySelector("input[type=file]");
  const words = document.createElement("p");
  words.className = "hint";
  words.textContent = element.dataset.drop;
  input.before(words);
  const over = (is) => (event) => {
    event.preventDefault();
    element.classList.toggle("drop-over", is);
  };
  element.addEventListener("dragover", over(true));
  element.addEventListener("dragleave", over(false));
  element.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}

/* On paper every part stands open, also in browsers whose style cannot say so. */
function opensForPrint() {
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    for (const part of closed) part.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const part of closed) part.open = false;
  });
}

for (const [selector, improve] of [
  ["[data-copy]:not(body)", copies],
  ["[data-print]", prints],
  ["[data-open]", folds],
  ["[data-filter]", filters],
  ["[data-drop]", drops],
]) {
  document.querySelectorAll(selector).forEach(improve);
}
opensForPrint();

/* The summary of faults is what a reader came back for. */
document.querySelector(".faults")?.focus();
