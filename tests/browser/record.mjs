// One's own record: it is begun, a spreadsheet is brought and mended, somebody is asked to confirm,
// answers by the link in the letter, and the standing moves.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { button, press, signUp } from './support/account.mjs';
import { DESKTOP, PHONE, visiting } from './support/browser.mjs';
import { faultsOf } from './support/inside.mjs';
import { linkTo } from './support/mail.mjs';
import { none } from './support/stage.mjs';

const RECORD_PAGES = [
  '/record',
  '/record/standing/imi-certified-mediator',
  '/record/logbook',
  '/record/logbook?kind=mediation&standing=verified',
  '/record/logbook/add',
  '/record/logbook/add?kind=cpd',
  '/record/logbook/1',
  '/record/logbook/1/correct',
  '/record/imports',
  '/record/imports/1',
  '/record/asked',
  '/record/asked?entry=2',
  '/record/waiting',
  '/record/what-if',
  '/record/data',
];
const ROWS = 300;

// Sample data: 300 mediations, five of them with a fault unless they are mended.
function logbook(mended) {
  const faults = {
    17: ['date', '31.02.2024', '2024-02-28'],
    40: ['kind', 'meditation', 'mediation'],
    80: ['date', '2091-01-01', '2024-03-01'],
    99: ['role', 'judge', 'mediator'],
    120: ['hours', '31', '3'],
  };
  const lines = ['reference,kind,date,hours,role,mode,scale,standing'];

  for (let i = 0; i < ROWS; i++) {
    const day = new Date(Date.UTC(2023, 0, 2 + 4 * i)).toISOString().slice(0, 10);
    const row = {
      reference: `S-${i}`,
      kind: 'mediation',
      date: day,
      hours: ['2', '3.5', '4:15'][i % 3],
      role: i > 30 && i % 9 === 0 ? 'adviser' : 'mediator',
      mode: i % 2 ? 'online' : 'in-person',
      scale: 'full',
      standing: i % 10 ? '' : 'verified',
    };
    const [column, wrong, right] = faults[i] ?? [];
    if (column) row[column] = mended ? right : wrong;
    lines.push(Object.values(row).join(','));
  }
  return { name: 'sample.csv', mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) };
}

async function begins(page, name) {
  await page.goto('/record');
  await page.click('main a:has-text("Begin a record")');
  await press(page, button('Begin'));
  assert.match(await page.innerText('.faults'), /a name has 1 to 200 bytes/i);
  await page.fill('input[name=name]', name);
  await press(page, button('Begin'));
  assert.match(await page.innerText('[role=status]'), /record is begun/);
  assert.match(await page.innerText('main'), /record is empty so far/);
}

async function brings(page, file) {
  await page.goto('/record/imports');
  await page.setInputFiles('input[type=file]', file);
  await press(page, button('Show what it would bring'));
}

async function bringsAndMends(page) {
  await brings(page, logbook(false));
  assert.match(await page.innerText('main'), /300 rows: 295 can be added, 5 have faults/);
  for (const words of ["'31.02.2024' is no day", "'meditation'", "'judge'", "'31'", "'2091-01-01'"])
    assert.ok((await page.innerText('main')).toLowerCase().includes(words), words);
  assert.match(await page.innerText('main'), /rows say “verified”. In your own file that is a claim/);
  await press(page, button('Add these rows'));
  assert.match(await page.innerText('main'), /295 entries from 295 chosen rows/);

  await brings(page, logbook(true));
  assert.match(await page.innerText('main'), /295 rows look like something that is there already/);
  await press(page, button('Add these rows'));
  assert.match(await page.innerText('main'), /5 entries from 5 chosen rows/);
  await press(page, button('Undo the import'));
  assert.match(await page.innerText('[role=status]'), /import is undone/);
  await brings(page, logbook(true));
  await press(page, button('Add these rows'));
}

async function adds(page) {
  await page.goto('/record/logbook/add');
  await page.fill('input[name=hours]', '25');
  await page.fill('input[name=matter]', 'two words');
  await press(page, 'main button.button-main');
  assert.match(await page.innerText('.faults'), /more than 24 hours/);
  assert.match(await page.innerText('.faults'), /holds a space/);
  assert.equal(await page.inputValue('input[name=hours]'), '25');
  await page.fill('input[name=hours]', '3.5');
  await page.fill('input[name=matter]', 'S-new');
  await page.selectOption('select[name=role]', 'mediator');
  await press(page, 'main button.button-main');
  assert.match(await page.innerText('[role=status]'), /in your logbook, as a claim/);

  await page.goto('/record/logbook/add');
  await page.fill('input[name=hours]', '3:30');
  await page.fill('input[name=matter]', 'S-new');
  await page.selectOption('select[name=role]', 'mediator');
  await press(page, 'main button.button-main');
  assert.match(await page.innerText('main'), /Is this in your logbook already/);
  await press(page, button('Add it anyway'));
  await page.fill('input[name=why]', 'Sample: it is one.');
  await press(page, button('It is the same as'));
  assert.match(await page.innerText('[role=status]'), /duplicate, and does not count/);
}

const asks = async (page, address) => {
  await page.fill('input[name=name]', 'Sample Colleague');
  await page.fill('input[name=address]', address);
  await press(page, button('Send the letter'));
};

/* Asks about twenty-one entries; all but one are confirmed. */
async function asksAndIsConfirmed(page, server, own, address, as) {
  await page.goto('/record/asked?entry=2');
  for (let entry = 3; entry <= 22; entry++) await page.check(`#entry-${entry}`);
  await asks(page, own);
  assert.match(await page.innerText('.faults'), /nobody confirms/i);
  await asks(page, address);
  assert.match(await page.innerText('[role=status]'), /letter is on its way/);

  const path = await linkTo(server, address);
  await as({ viewport: PHONE, javaScriptEnabled: false, allow: /status of (410|422)/ }, async (colleague) => {
    await colleague.goto(path);
    const shown = await colleague.innerText('main');
    assert.ok(!shown.includes('S-2'), 'the private reference is shown');
    assert.equal(await colleague.locator('fieldset').count(), 21);
    for (let entry = 2; entry <= 21; entry++) await colleague.check(`#verified-${entry}`);
    await colleague.check('#rejected-22');
    await press(colleague, button('Send my answer'));
    assert.match(await colleague.innerText('.faults'), /say why/i);
    await colleague.fill('input[name=why]', 'Sample: another was there.');
    await press(colleague, button('Send my answer'));
    assert.match(await colleague.innerText('main'), /Thank you/);
    await colleague.goto(path);
    assert.match(await colleague.innerText('main'), /link was used/);
  });

  await page.goto('/record/asked');
  assert.match(await page.innerText('main'), /Answered: 20 confirmed, 1 not/);
  await page.goto('/record/logbook/2');
  assert.match(await page.innerText('main'), /by the link in a letter: Sample Colleague/i);
  await page.goto('/record');
  assert.match(await page.innerText('main'), /20 verified/);
}

// A plan shows what it would change, and nothing of it is kept.
async function plans(page) {
  await page.goto('/record/what-if');
  await press(page, button('Show the difference'));
  assert.match(await page.innerText('.faults'), /no plan to look at yet/i);
  await page.fill('[name="plan.mediation.1.count"]', '20');
  await page.fill('[name="plan.mediation.1.from"]', '2027-01-04');
  await page.fill('[name="plan.mediation.1.hours"]', '200');
  await page.selectOption('[name="plan.mediation.1.role"]', 'mediator');
  await page.fill('[name=then]', '2027-06-30');
  await press(page, button('Show the difference'));
  assert.match(await page.innerText('main'), /On 30 June 2027, with 20 planned records/);
  const row = await page.locator('tr', { hasText: 'IMI Certified Mediator' }).first().innerText();
  assert.match(row, /0 of 2 met[^]*1 of 2 met/);
  await page.goto('/record/logbook');
  assert.ok(!(await page.innerText('main')).includes('2027'));
}

// The archive's record, and its page as a browser shows it from a disk.
async function takesAll(page, folder) {
  const archive = join(folder, 'copy.zip');

  await page.goto('/record/data');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('a:has-text("Download it")'),
  ]);
  assert.equal(download.suggestedFilename(), 'my-record.zip');
  await download.saveAs(archive);
  execFileSync('python3', ['-m', 'zipfile', '-e', archive, folder]);
  return {
    data: JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')),
    html: readFileSync(join(folder, 'record.html'), 'utf8'),
  };
}

const metOf = async (page) =>
  page.locator('.glances li', { hasText: 'IMI Certified Mediator' }).first().innerText();

export function record(stage) {
  const { named, posted } = stage;

  for (const [name, server, options] of [
    ['on a desktop', named, { viewport: DESKTOP }],
    ['on a phone, in the dark, without script', named, { viewport: PHONE, colorScheme: 'dark', javaScriptEnabled: false }],
    ['on PostgreSQL', posted, { viewport: DESKTOP }],
  ])
    test(`a record is kept and confirmed, ${name}`, { skip: !server && 'no PostgreSQL' }, async () => {
      const as = (more, work) => visiting(stage.browser, server.base, { account: true, ...more }, work);
      const word = name.replace(/\W+/g, '.');

      await as({ ...options, allow: /status of (403|409|422)/ }, async (page) => {
        await signUp(page, server, `${word}@record.example`);
        await begins(page, 'Ana Sample');
        const before = await metOf(page);
        await plans(page);
        await adds(page);
        await bringsAndMends(page);
        await page.goto('/record/logbook');
        const first = await page.locator('tbody a').last().getAttribute('href');
        assert.match(first, /\/record\/logbook\/\d+/);
        assert.match(before, /0 of 2 met/);
      });
    });

  test('somebody who knows confirms by a link, and the standing moves', async () => {
    const as = (more, work) => visiting(stage.browser, stage.record.base, { account: true, ...more }, work);

    await as({ viewport: DESKTOP, allow: /status of (403|409|422)/ }, async (page) => {
      await signUp(page, stage.record, 'ana@record.example');
      await begins(page, 'Ana Sample');
      assert.match(await metOf(page), /0 of 2 met/);
      await bringsAndMends(page);
      await asksAndIsConfirmed(page, stage.record, 'ana@record.example', 'ben@record.example', as);
      assert.match(await metOf(page), /1 of 2 met/);

      const faults = [];
      for (const path of RECORD_PAGES) faults.push(...(await faultsOf(page, path)));
      none(faults);
    });
  });

  test('a record is taken away whole, and erased', async () => {
    const server = stage.record;

    await visiting(stage.browser, server.base, { account: true, viewport: PHONE, allow: /status of 422/ }, async (page) => {
      await signUp(page, server, 'cleo@record.example');
      await begins(page, 'Cleo Sample');
      await brings(page, logbook(true));
      await press(page, button('Add these rows'));
      const { data, html } = await takesAll(page, server.folder);
      assert.equal(data.person.name, 'Cleo Sample');
      assert.equal(data.account.addresses[0].address, 'cleo@record.example');
      assert.equal(data.entries.length, ROWS);
      assert.equal(data.imports.length, 1);
      assert.match(html, /Cleo Sample[^]*<\/html>\n$/);

      await press(page, button('Erase my record'));
      assert.match(await page.innerText('.faults'), /tick the box/i);
      await page.check('#sure');
      await press(page, button('Erase my record'));
      assert.match(await page.innerText('[role=status]'), /record is erased, and your account is closed/);
      await page.goto('/record');
      assert.match(page.url(), /sign-in/);

      const people = await server.command('person', 'list', 'Cleo');
      assert.equal(people.length, 0);
      const journal = await server.command('journal', 'verify');
      assert.ok(journal.whole && journal.erased > 0);
    });
  });
}
