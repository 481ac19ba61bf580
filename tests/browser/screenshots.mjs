#!/usr/bin/env node
// Usage: screenshots.mjs PROGRAM FOLDER    pictures of the main pages, for people to look at

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { DESKTOP, PHONE, launch, visiting } from './support/browser.mjs';
import { accountScenes, makeOffice, officeScenes } from './support/scenes.mjs';
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
const VIEWS = [
  ['desktop-light', { viewport: DESKTOP, colorScheme: 'light' }],
  ['desktop-dark', { viewport: DESKTOP, colorScheme: 'dark' }],
  ['phone-light', { viewport: PHONE, colorScheme: 'light', deviceScaleFactor: 2 }],
  ['phone-dark', { viewport: PHONE, colorScheme: 'dark', deviceScaleFactor: 2 }],
];

const [program, folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: screenshots.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

// What a visitor sees first, and the whole page, which may be tall and take its time.
async function take(page, name) {
  const timeout = 120000;

  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), timeout });
  await page.screenshot({ path: join(folder, `${name}-whole.png`), fullPage: true, timeout });
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

const server = await Server.start(program);
// Passkeys are made for names.
const named = await Server.start(program, { host: 'localhost' });
const rtl = await Server.start(program, { language: 'ar' });
const browser = await launch();
try {
  await makeOffice(browser, named);
  for (const [prefix, options] of VIEWS) {
    await takeAll(browser, server.base, prefix, options, PAGES);
    const shot = (page, name) => take(page, `${name}-${prefix}`);
    await accountScenes(browser, named, options, `sample.${prefix}@sample.example`, shot);
    await officeScenes(browser, named, options, shot);
  }
  await takeAll(browser, rtl.base, 'right-to-left', { viewport: DESKTOP }, PAGES);
} finally {
  await browser.close();
  await server.stop();
  await named.stop();
  await rtl.stop();
}
console.log(`the pictures are in ${folder}`);
