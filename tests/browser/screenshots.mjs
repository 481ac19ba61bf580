#!/usr/bin/env node
// Usage: screenshots.mjs PROGRAM FOLDER    pictures of the main pages, for people to look at

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { Device, button, press, signInByLink, signUp } from './support/account.mjs';
import { DESKTOP, PHONE, launch, visiting } from './support/browser.mjs';
import { Server } from './support/server.mjs';
import { askByFiles } from './support/standing.mjs';

const PAGES = [
  ['home', '/'],
  ['certifications', '/certifications'],
  ['certification', '/certifications/imi-certified-mediator'],
  ['pathway', '/pathway'],
  ['benefits', '/benefits'],
  ['bodies', '/bodies'],
  ['body', '/bodies/appraisal-committee'],
  ['standing', '/standing'],
  ['docs', '/docs'],
];
const OWN_PAGES = [
  ['account', '/account'],
  ['addresses', '/account/addresses'],
  ['passkeys', '/account/passkeys'],
  ['sessions', '/account/sessions'],
  ['tokens', '/account/tokens'],
  ['history', '/account/history'],
  ['claim', '/account/claim'],
  ['close', '/account/close'],
];
const VIEWS = [
  ['desktop-light', { viewport: DESKTOP, colorScheme: 'light' }],
  ['desktop-dark', { viewport: DESKTOP, colorScheme: 'dark' }],
  ['phone-light', { viewport: PHONE, colorScheme: 'light', deviceScaleFactor: 2 }],
  ['phone-dark', { viewport: PHONE, colorScheme: 'dark', deviceScaleFactor: 2 }],
];

const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 ' +
  '(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

const [program, folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: screenshots.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

// What a visitor sees first, and the whole page.
async function take(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.screenshot({ path: join(folder, `${name}-whole.png`), fullPage: true });
}

async function takeAll(browser, base, prefix, options, pages) {
  // Faults are answered with 422, which the browser notes in its console.
  await visiting(browser, base, { ...options, allow: /status of 422/ }, async (page) => {
    for (const [name, path] of pages) {
      await page.goto(path);
      await take(page, `${name}-${prefix}`);
    }
    await askByFiles(page, { log: 'logbook-300.csv', person: 'person.json', on: '2024-06-30' });
    await take(page, `answer-${prefix}`);
    await askByFiles(page, { log: 'logbook-faults.csv', on: '2024-06-30' });
    await take(page, `faults-${prefix}`);
  });
}

// An account with a passkey, codes, and a second browser; the sample address is the view's.
async function takeAccount(browser, server, prefix, options) {
  const address = `sample.${prefix}@sample.example`;
  const as = (more, work) =>
    visiting(browser, server.base, { account: true, ...options, ...more }, work);

  await as({}, async (page) => {
    await page.goto('/account/sign-in');
    await take(page, `sign-in-${prefix}`);
    await signUp(page, server, address);
    await take(page, `signed-up-${prefix}`);
    await Device.give(page);
    await page.goto('/account/passkeys');
    await page.fill('form[data-passkey] input[name=name]', 'My phone');
    await press(page, 'form[data-passkey] button');
    await take(page, `recovery-codes-${prefix}`);
    await page.goto('/account/authenticator');
    await press(page, button('Set one up'));
    await take(page, `authenticator-${prefix}`);
    await as({ userAgent: SAFARI }, (phone) => signInByLink(phone, server, address));
    for (const [name, path] of OWN_PAGES) {
      await page.goto(path);
      await take(page, `${name}-${prefix}`);
    }
  });
}

const server = await Server.start(program);
// Passkeys are made for names.
const named = await Server.start(program, { host: 'localhost' });
const rtl = await Server.start(program, { language: 'ar' });
const browser = await launch();
try {
  for (const [prefix, options] of VIEWS) {
    await takeAll(browser, server.base, prefix, options, PAGES);
    await takeAccount(browser, named, prefix, options);
  }
  await takeAll(browser, rtl.base, 'right-to-left', { viewport: DESKTOP }, PAGES);
} finally {
  await browser.close();
  await server.stop();
  await named.stop();
  await rtl.stop();
}
console.log(`the pictures are in ${folder}`);
