#!/usr/bin/env node
// Usage: pictures.mjs PROGRAM FOLDER    takes the pictures of docs/pictures anew, into the folder

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { PHONE, launch, visiting } from './support/browser.mjs';
import { accountScenes, makeOffice, officeScenes, recordScenes } from './support/scenes.mjs';
import { Server } from './support/server.mjs';
import { askByFiles } from './support/standing.mjs';

const LIGHT = { viewport: { width: 1200, height: 900 }, colorScheme: 'light' };
const NARROWER = { viewport: { width: 1100, height: 860 }, colorScheme: 'light' };
const DARK_PHONE = { viewport: PHONE, colorScheme: 'dark', deviceScaleFactor: 2 };
const SAMPLE = { log: 'logbook-12.csv', person: 'person.json', on: '2024-06-30' };

// By the name of the scene: the picture, and its height.
const ACCOUNT = {
  'signed-up': ['account', 900],
  'recovery-codes': ['recovery-codes', 900],
  authenticator: ['authenticator', 1000],
};
const ACCOUNT_PHONE = { sessions: ['sessions-phone', PHONE.height] };
const RECORD = { 'record-home': ['record-home', 900], 'record-confirm': ['record-confirm', 860] };
const RECORD_PHONE = { 'record-add': ['record-add', 1000] };
const OFFICE = {
  'office-person': ['office-person', 860],
  'office-recovery': ['office-recovery', 760],
  'office-alike': ['same-person', 860],
  'office-record': ['office-record', 860],
};

const [program, folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: pictures.mjs PROGRAM FOLDER');
mkdirSync(folder, { recursive: true });

// The page from `top` on, as high as is said.
async function take(page, name, height, top = 0) {
  const { width } = page.viewportSize();

  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({
    path: join(folder, `${name}.png`),
    fullPage: true,
    clip: { x: 0, y: top, width, height },
  });
}

function shots(wanted) {
  return async (page, scene) => {
    if (wanted[scene]) await take(page, ...wanted[scene]);
  };
}

async function takePublic(browser, base) {
  await visiting(browser, base, LIGHT, async (page) => {
    await page.goto('/certifications/imi-online-mediator');
    await take(page, 'certification', 900);
    await askByFiles(page, SAMPLE);
    const { y } = await page.locator('#imi-certified-mediator').boundingBox();
    await take(page, 'standing-requirement', 900, y - 16);
  });
  await visiting(browser, base, DARK_PHONE, async (page) => {
    await askByFiles(page, SAMPLE);
    await take(page, 'standing-phone', PHONE.height);
  });
}

// Passkeys are made for names, not for numbers.
const server = await Server.start(program, { host: 'localhost' });
const browser = await launch();
try {
  await takePublic(browser, server.base);
  await accountScenes(browser, server, LIGHT, 'sample@sample.example', shots(ACCOUNT));
  await accountScenes(browser, server, DARK_PHONE, 'phone@sample.example', shots(ACCOUNT_PHONE));
  await makeOffice(browser, server);
  await officeScenes(browser, server, NARROWER, shots(OFFICE));
  await recordScenes(browser, server, LIGHT, 'ana@sample.example', shots(RECORD));
  await recordScenes(browser, server, DARK_PHONE, 'bea@sample.example', shots(RECORD_PHONE));
} finally {
  await browser.close();
  await server.stop();
}
console.log(`the pictures are in ${folder}`);
