#!/usr/bin/env -S node --test-reporter=spec
// Usage: run.mjs PROGRAM [POSTGRES]    tests the pages of `PROGRAM serve` in Chromium; see README.md

import { after, test } from 'node:test';

import { account } from './account.mjs';
import { appearance } from './appearance.mjs';
import { journey } from './journey.mjs';
import { keyboard } from './keyboard.mjs';
import { office } from './office.mjs';
import { pages } from './pages.mjs';
import { record } from './record.mjs';
import { refusals } from './refusals.mjs';
import { samePerson } from './same_person.mjs';
import { launch } from './support/browser.mjs';
import { crawl } from './support/crawl.mjs';
import { Postgres } from './support/postgres.mjs';
import { Server } from './support/server.mjs';

const [program, postgresProgram] = process.argv.slice(2);
if (!program) throw new Error('usage: run.mjs PROGRAM [POSTGRES]');

const postgres = postgresProgram ? await Postgres.start(postgresProgram) : null;

const stage = {
  server: await Server.start(program),
  rtl: await Server.start(program, { language: 'ar' }),
  // Passkeys are made for names, so these are known by one.
  named: await Server.start(program, { host: 'localhost' }),
  posted: postgres
    ? await Server.start(program, { host: 'localhost', database: postgres.database })
    : null,
  // Where a recovery waits for seconds, not days.
  office: await Server.start(program, { conf: 'accounts {\n  recovery-wait 3 s\n}\n' }),
  // Where nobody else has entries.
  record: await Server.start(program, { host: 'localhost' }),
  browser: await launch(),
};
const servers = [stage.server, stage.rtl, stage.named, stage.posted, stage.office, stage.record].filter(Boolean);
stage.site = await crawl(stage.server.base);

journey(stage);
pages(stage);
keyboard(stage);
appearance(stage);
refusals(stage);
account(stage);
office(stage);
record(stage);
samePerson(stage);

test('the servers end well', async () => {
  for (const server of servers) await server.stop();
});

// Also where only some of the tests are run.
after(async () => {
  await stage.browser.close();
  for (const server of servers) server.kill();
  await postgres?.stop();
});
