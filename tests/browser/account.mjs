// An account from signing up to its end: passkeys by a device of the browser's own, what happens
// when it is lost, other browsers, and the whole of it without script.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  Device,
  button,
  codeOf,
  follow,
  press,
  signInByLink,
  signOut,
  signUp,
} from './support/account.mjs';
import { DESKTOP, PHONE, visiting } from './support/browser.mjs';
import { accessibility } from './support/checks.mjs';
import { faultsOf } from './support/inside.mjs';
import { lettersTo, linkTo } from './support/mail.mjs';
import { none } from './support/stage.mjs';

const OWN_PAGES = [
  '/account',
  '/account/addresses',
  '/account/password',
  '/account/authenticator',
  '/account/passkeys',
  '/account/recovery-codes',
  '/account/sessions',
  '/account/tokens',
  '/account/history',
  '/account/claim',
  '/account/appointments',
  '/account/close',
];

const heading = (page) => page.innerText('h1');

async function addPasskey(page, name) {
  await page.goto('/account/passkeys');
  await page.fill('form[data-passkey] input[name=name]', name);
  await press(page, 'form[data-passkey] button');
}

/*
 * By the button; or, where the browser offers passkeys in the field of the address, without it: the
 * device of the tests takes what it is offered at once.
 */
async function signInByPasskey(page, offered) {
  if (offered) {
    await page.goto('/account/sign-in');
    await page.focus('input[name=address]');
    await page.waitForURL((url) => !url.pathname.startsWith('/account/sign-in'));
  } else {
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
    await page.goto('/account/sign-in');
    await press(page, 'form[data-passkey] button');
  }
}

// The names of the passkeys on the page.
async function passkeys(page) {
  await page.goto('/account/passkeys');
  return page.locator('section[aria-labelledby=yours] h3').allInnerTexts();
}

async function codesShown(page) {
  return page.locator('.codes code').allInnerTexts();
}

// Shows once more who one is, where the next page asks for it.
async function confirmByPasskey(page, path) {
  await page.goto(`/account/confirm?next=${encodeURIComponent(path)}`);
  await press(page, 'form[data-passkey] button');
}

async function removePasskey(page, name) {
  await page.goto('/account/passkeys');
  const row = page.locator('section[aria-labelledby=yours] li', { hasText: name });
  await row.locator('summary').click();
  await Promise.all([page.waitForNavigation(), row.locator('button[value=remove]').click()]);
}

/*
 * Signs up, adds a passkey, signs in and confirms by it; loses it, comes back by a link and a
 * recovery code, and adds another.
 */
async function losesAPasskeyAndComesBack(page, server, address, offered) {
  await signUp(page, server, address);
  await page.goto('/account');
  assert.match(await page.innerText('main'), /Add a passkey/);

  const device = await Device.give(page);
  await addPasskey(page, 'My phone');
  const codes = await codesShown(page);
  assert.equal(codes.length, 10, await page.innerText('main'));
  assert.equal((await device.credentials()).length, 1);
  assert.equal((await device.credentials())[0].isResidentCredential, true);
  assert.deepEqual(await passkeys(page), ['My phone']);

  await signOut(page);
  await page.goto('/account');
  assert.match(page.url(), /\/account\/sign-in/);
  await signInByPasskey(page, offered);
  await page.goto('/account');
  assert.equal(await heading(page), 'Your account');
  await confirmByPasskey(page, '/account/close');
  assert.match(page.url(), /\/account\/close/);

  await signOut(page);
  await device.take();
  await signInByLink(page, server, address);
  await page.goto('/account/passkeys');
  assert.equal(await page.locator('section[aria-labelledby=another]').count(), 0);
  await page.click('main a:has-text("Show who I am")');
  await page.fill('input[name=code]', codes[0]);
  await press(page, 'form:has(input[name=code]) button');
  await removePasskey(page, 'My phone');
  assert.deepEqual(await passkeys(page), []);

  await device.plug();
  await addPasskey(page, 'Another phone');
  assert.equal((await codesShown(page)).length, 10);
  assert.deepEqual(await passkeys(page), ['Another phone']);
  await signOut(page);
  await signInByPasskey(page, offered);
  await page.goto('/account/history');
  const history = await page.innerText('main');
  for (const words of [
    'The passkey Another phone was added.',
    'The passkey My phone was removed.',
    'Signed in with a passkey',
  ])
    assert.ok(history.includes(words), words);
}

// Everything but passkeys, by forms alone.
async function doesWithoutScript(page, server, address) {
  await signUp(page, server, address);

  await page.goto('/account/passkeys');
  assert.match(await page.innerText('main'), /need script/);
  assert.equal(await page.locator('form[data-passkey]').isVisible(), false);

  await page.goto('/account/password');
  await page.fill('input[name=password]', 'password1');
  await press(page, button('Set the password'));
  assert.match(await page.innerText('.faults'), /many people have this password/i);
  await page.fill('input[name=password]', 'four words and blanks');
  await press(page, button('Set the password'));
  assert.match(await page.innerText('[role=status]'), /password is set/);

  await page.goto('/account/authenticator');
  await press(page, button('Set one up'));
  const secret = await page.innerText('.code code');
  await page.fill('input[name=code]', '12');
  await press(page, button('Turn it on'));
  assert.match(await page.innerText('.faults'), /code is not right/i);
  assert.equal(await page.innerText('.code code'), secret);
  await page.fill('input[name=code]', codeOf(secret));
  await press(page, button('Turn it on'));
  const codes = await codesShown(page);
  assert.equal(codes.length, 10);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click(button('Keep them as a text file')),
  ]);
  const file = Buffer.concat(await (await download.createReadStream()).toArray()).toString();
  assert.equal(download.suggestedFilename(), 'recovery-codes.txt');
  assert.deepEqual(file.trim().split('\n'), codes);

  await page.goto('/account/claim');
  await page.fill('input[name=name]', 'Sample Person');
  await press(page, button('Send the request'));
  assert.match(await page.innerText('.faults'), /statement/i);
  assert.equal(await page.inputValue('input[name=name]'), 'Sample Person');
  await page.fill('textarea[name=statement]', 'Sample data: certificate 4711.');
  await press(page, button('Send the request'));
  assert.match(await page.innerText('main'), /It waits for an officer/);

  const seen = lettersTo(server, address).length;
  const second = `second.${address}`;
  await page.goto('/account/addresses');
  await page.fill('input[name=address]', second);
  await press(page, button('Send the letters'));
  await follow(page, await linkTo(server, second));
  await follow(page, await linkTo(server, address, seen));
  await page.goto('/account/addresses');
  const row = page.locator('section[aria-labelledby=yours] li', { hasText: second });
  await Promise.all([page.waitForNavigation(), row.locator('button[value=primary]').click()]);
  assert.match(await page.locator('section[aria-labelledby=yours] li').first().innerText(), /second/);

  await signOut(page);
  await page.goto('/account/sign-in');
  await page.fill('input[name=address]', second);
  await page.fill('input[name=password]', 'four words and blanks');
  await press(page, 'main button.button-main');
  await page.fill('input[name=code]', codes[1]);
  await press(page, 'main button.button-main');
  await page.goto('/account');
  assert.equal(await heading(page), 'Your account');

  await page.goto('/account/close');
  await press(page, button('Close the account'));
  assert.match(await page.innerText('.faults'), /tick the box/i);
  await page.check('input[name=sure]');
  await press(page, button('Close the account'));
  await page.goto('/account');
  assert.match(page.url(), /\/account\/sign-in/);
}

export function account(stage) {
  const { named, posted } = stage;
  const as = (server, options, work) =>
    visiting(stage.browser, server.base, { account: true, ...options }, work);

  for (const [name, server, options, offered] of [
    ['on a desktop', named, { viewport: DESKTOP }, true],
    ['on a phone, in the dark', named, { viewport: PHONE, colorScheme: 'dark' }, false],
    ['on PostgreSQL', posted, { viewport: DESKTOP }, false],
  ])
    test(`a lost passkey locks nobody out, ${name}`, { skip: !server && 'no PostgreSQL' }, async () => {
      await as(server, options, (page) =>
        losesAPasskeyAndComesBack(
          page,
          server,
          `${name.replace(/\W+/g, '.')}@sample.example`,
          offered,
        ),
      );
    });

  test('a device that does not know who uses it adds no passkey', async () => {
    await as(named, {}, async (page) => {
      await signUp(page, named, 'unverified@sample.example');
      const device = await Device.give(page);
      await device.verifies(false);
      await page.goto('/account/passkeys');
      await page.click('form[data-passkey] button');
      await page.waitForSelector('[data-passkey-fault=cancelled]:visible');
      none(await accessibility(page));
      assert.deepEqual(await passkeys(page), []);
    });
  });

  test('a device has one passkey of an account', async () => {
    await as(named, {}, async (page) => {
      await signUp(page, named, 'twice@sample.example');
      await Device.give(page);
      await addPasskey(page, 'The first');
      await page.goto('/account/passkeys');
      await page.click('form[data-passkey] button');
      await page.waitForSelector('[data-passkey-fault=known]:visible');
      assert.deepEqual(await passkeys(page), ['The first']);
    });
  });

  test('signing out everywhere ends what other browsers had', async () => {
    await as(named, {}, async (page) => {
      await signUp(page, named, 'everywhere@sample.example');
      await as(named, { viewport: PHONE }, async (phone) => {
        await signInByLink(phone, named, 'everywhere@sample.example');
        await page.goto('/account/sessions');
        assert.equal(await page.locator('tbody tr').count(), 2);
        await press(page, button('Sign out everywhere else'));
        assert.equal(await page.locator('tbody tr').count(), 1);
        await phone.goto('/account');
        assert.match(phone.url(), /\/account\/sign-in/);
        await page.goto('/account');
        assert.equal(await heading(page), 'Your account');
        await page.goto('/account/sessions');
        await press(page, button('Sign out everywhere, here too'));
        await page.goto('/account');
        assert.match(page.url(), /\/account\/sign-in/);
      });
    });
  });

  test('all but passkeys works without script', async () => {
    // Faults are answered with 403 and 422, which the browser notes in its console.
    await as(named, { javaScriptEnabled: false, allow: /status of (403|422)/ }, (page) =>
      doesWithoutScript(page, named, 'plain@sample.example'),
    );
  });

  test("every page of one's own account is for everybody", async () => {
    await as(named, {}, async (page) => {
      const faults = [];

      await signUp(page, named, 'pages@sample.example');
      for (const path of OWN_PAGES) faults.push(...(await faultsOf(page, path)));
      none(faults);
    });
  });
}
