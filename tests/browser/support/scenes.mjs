// What people do with their accounts and in the office, for pictures: at each page worth looking at,
// `shot` is called with the page and its name. All people are sample data.

import { Device, button, follow, press, signInByLink, signUp } from './account.mjs';
import { visiting } from './browser.mjs';
import { linkTo } from './mail.mjs';

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
const OFFICE_PAGES = [
  ['office', '/office'],
  ['office-people', '/office/people'],
  ['office-person', '/office/people/2'],
  ['office-recovery', '/office/recoveries/1'],
  ['office-alike', '/office/alike/3/4'],
  ['office-record', '/office/people/3/record'],
  ['office-appointments', '/office/appointments'],
  ['office-journal', '/office/journal'],
];

const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 ' +
  '(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

// An account with a passkey, codes, and a second browser. The server's name is not a number.
export async function accountScenes(browser, server, options, address, shot) {
  const as = (more, work) =>
    visiting(browser, server.base, { account: true, ...options, ...more }, work);

  await as({}, async (page) => {
    await page.goto('/account/sign-in');
    await shot(page, 'sign-in');
    await signUp(page, server, address);
    await shot(page, 'signed-up');
    await Device.give(page);
    await page.goto('/account/passkeys');
    await page.fill('form[data-passkey] input[name=name]', 'My phone');
    await press(page, 'form[data-passkey] button');
    await shot(page, 'recovery-codes');
    await page.goto('/account/authenticator');
    await press(page, button('Set one up'));
    await shot(page, 'authenticator');
    await as({ userAgent: SAFARI }, (phone) => signInByLink(phone, server, address));
    for (const [name, path] of OWN_PAGES) {
      await page.goto(path);
      await shot(page, name);
    }
  });
}

// A record with a spreadsheet in it, and what somebody sees who is asked to confirm.
export async function recordScenes(browser, server, options, address, shot) {
  const as = (more, work) =>
    visiting(browser, server.base, { account: true, ...options, ...more }, work);
  const rows = ['kind,date,hours,role,mode,scale'];

  for (let month = 1; month <= 12; month++)
    rows.push(`mediation,2026-${String(month).padStart(2, '0')}-05,3.5,mediator,online,full`);
  await as({}, async (page) => {
    const colleague = `colleague.${address}`;

    await signUp(page, server, address);
    await page.goto('/record/begin');
    await page.fill('input[name=name]', 'Ana Sample');
    await press(page, button('Begin'));
    await page.goto('/record/imports');
    await page.setInputFiles('input[type=file]', {
      name: 'sample.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(rows.slice(0, 11).join('\n')),
    });
    await press(page, button('Show what it would bring'));
    await shot(page, 'record-preview');
    await press(page, button('Add these rows'));
    await page.goto('/record/asked');
    for (let entry = 0; entry < 4; entry++) await page.locator('input[name=entry]').nth(entry).check();
    await page.fill('input[name=name]', 'Ben Sample');
    await page.fill('input[name=address]', colleague);
    await press(page, button('Send the letter'));
    const path = await linkTo(server, colleague);
    await as({}, async (asked) => {
      await asked.goto(path);
      await shot(asked, 'record-confirm');
      for (const one of await asked.locator('input[value=verified]').all()) await one.check();
      await press(asked, button('Send my answer'));
    });
    await page.goto('/record');
    await shot(page, 'record-home');
    await page.goto('/record/logbook/add');
    await shot(page, 'record-add');
  });
}

// Two entries of the logbook of whoever is signed in.
async function addsTrainings(page) {
  for (const day of ['2025-03-03', '2025-09-15']) {
    await page.goto('/record/logbook/add?kind=training');
    await page.fill('input[name=start]', day);
    await page.fill('input[name=hours]', '7');
    await press(page, button('Add this entry'));
  }
}

// The first administrator, a chair, and somebody who has lost everything and asks for the account.
export async function makeOffice(browser, server) {
  const as = (work) => visiting(browser, server.base, { account: true }, work);

  const first = await server.command(
    ...['account', 'create-administrator', 'ada@sample.example', '--name', 'Ada Sample'],
  );
  await as((page) => follow(page, first.path));
  await server.command('appointment', 'make', '1', 'officer');
  await server.command('person', 'add', 'Bob Sample');
  await server.command(
    ...['appointment', 'make', '2', 'chair', 'body:appraisal-committee'],
    ...['--basis', 'Sample vote of 12 November'],
  );
  await server.command('person', 'add', 'Clara Sample');
  const invited = await server.command('account', 'invite', '3', 'clara@sample.example');
  await as(async (page) => {
    await follow(page, invited.path);
    await addsTrainings(page);
  });
  await server.command('person', 'add', 'Sample, Clara');
  await as(async (page) => {
    await page.goto('/account/recover');
    await page.fill('input[name=known_as]', 'Clara Sample');
    await page.fill('input[name=address]', 'new@sample.example');
    await page.fill(
      'textarea[name=statement]',
      'Sample data: I trained in Utrecht in 2019, and my trainer knows me.',
    );
    await press(page, 'main button.button-main');
    await follow(page, await linkTo(server, 'new@sample.example'));
  });
}

// What the administrator sees of it.
export async function officeScenes(browser, server, options, shot) {
  const { path } = await server.command('account', 'link', 'ada@sample.example');

  await visiting(browser, server.base, { account: true, ...options }, async (page) => {
    await follow(page, path);
    for (const [name, address] of OFFICE_PAGES) {
      await page.goto(address);
      await shot(page, name);
    }
  });
}
