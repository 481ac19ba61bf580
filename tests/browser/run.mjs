#!/usr/bin/env -S node --test-reporter=spec
// Usage: run.mjs PROGRAM    tests the pages of `PROGRAM serve` in Chromium; see README.md

import { after, test } from 'node:test';

import { appearance } from './appearance.mjs';
import { journey } from './journey.mjs';
import { keyboard } from './keyboard.mjs';
import { pages } from './pages.mjs';
import { refusals } from './refusals.mjs';
import { launch } from './support/browser.mjs';
import { crawl } from './support/crawl.mjs';
import { Server } from './support/server.mjs';

const program = process.argv[2];
if (!program) throw new Error('usage: run.mjs PROGRAM');

const stage = {
  server: await Server.start(program),
  rtl: await Server.start(program, { language: 'ar' }),
  browser: await launch(),
};
stage.site = await crawl(stage.server.base);

journey(stage);
pages(stage);
keyboard(stage);
appearance(stage);
refusals(stage);

test('the servers end well', async () => {
  await stage.server.stop();
  await stage.rtl.stop();
});

// Also where only some of the tests are run.
after(async () => {
  await stage.browser.close();
  stage.server.kill();
  stage.rtl.kill();
});
