// The letters of a server that has no mail server: files of the folder DATA/outbox.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PATIENCE_MS = 15000;

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function decoded(body, encoding) {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

// { to, subject, text } of a file; text is the plain one.
function letterOf(path) {
  const raw = readFileSync(path, 'latin1').replaceAll('\r\n', '\n');
  const plain = /Content-Type: text\/plain[^\n]*\n((?:[^\n]+\n)*)\n([\s\S]*?)\n--/.exec(raw);
  const header = (name) => new RegExp(`^${name}: (.*)$`, 'm').exec(raw)?.[1] ?? '';
  if (!plain) throw new Error(`${path} has no plain text`);
  const encoding = /Content-Transfer-Encoding: (\S+)/.exec(plain[1])?.[1] ?? '7bit';
  return { to: header('To'), subject: header('Subject'), text: decoded(plain[2], encoding) };
}

// Those to an address, the latest last.
export function lettersTo(server, address) {
  let names = [];

  try {
    names = readdirSync(join(server.data, 'outbox'));
  } catch {
    // There is none yet.
  }
  return names
    .filter((name) => name.endsWith('.eml'))
    .sort((a, b) => Number(/-(\d+)\.eml$/.exec(a)[1]) - Number(/-(\d+)\.eml$/.exec(b)[1]))
    .map((name) => letterOf(join(server.data, 'outbox', name)))
    .filter(({ to }) => to.replace(/^.*<|>.*$/g, '') === address);
}

/*
 * The path of the link in the next letter to an address: `seen` letters to it there were before
 * what makes it leave.
 */
export async function linkTo(server, address, seen = 0) {
  const end = Date.now() + PATIENCE_MS;

  while (Date.now() < end) {
    const letters = lettersTo(server, address).slice(seen);
    const link = letters.map(({ text }) => /\/(account\/link|confirm|opinion)\/[\w-]+/.exec(text)).find(Boolean);
    if (link) return link[0];
    await pause(50);
  }
  const letters = lettersTo(server, address).map(({ subject }) => subject);
  throw new Error(`no letter with a link to ${address}, but: ${letters.join('; ') || 'none'}`);
}
