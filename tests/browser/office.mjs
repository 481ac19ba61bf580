// The office: from the first administrator, whom the command line makes, to roles that are given and
// taken, claims that are decided, and an account that is given back.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { button, follow, press, signUp } from './support/account.mjs';
import { PHONE, visiting } from './support/browser.mjs';
import { faultsOf } from './support/inside.mjs';
import { lettersTo, linkTo } from './support/mail.mjs';
import { none } from './support/stage.mjs';

const BODY = 'appraisal-committee';
const heading = (page) => page.innerText('h1');

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// The first administrator comes by the link that the command printed.
async function administrates(page, server, address, name) {
  const made = await server.command('account', 'create-administrator', address, '--name', name);
  await follow(page, made.path);
  await page.goto('/office');
  assert.equal(await heading(page), 'Office');
  return made.person.id;
}

// Adds somebody and mails them an invitation; gives their number.
async function invites(page, name, address) {
  await page.goto('/office/people/new');
  await page.fill('input[name=name]', name);
  await press(page, button('Add the person'));
  assert.equal(await heading(page), name);
  const id = Number(/\/office\/people\/(\d+)/.exec(page.url())[1]);
  await press(page, 'main a:has-text("Invite to an account")');
  await page.fill('input[name=address]', address);
  await press(page, button('Send the invitation'));
  assert.match(await page.innerText('[role=status]'), /invitation is on its way/);
  return id;
}

async function comes(page, server, address) {
  await follow(page, await linkTo(server, address));
}

async function appoints(page, path, fields) {
  await page.goto(path);
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'role') await page.check(`input[name=role][value=${value}]`);
    else if (name === 'scope') await page.selectOption('select[name=scope]', value);
    else await page.fill(`input[name=${name}]`, value);
  }
  await press(page, button('Appoint'));
  assert.match(await page.innerText('[role=status]'), /appointment is made/);
}

export function office(stage) {
  const { office: server } = stage;
  const as = (options, work) =>
    visiting(stage.browser, server.base, { account: true, ...options }, work);
  let officer;

  test('from the command line to a chair who is appointed, and no longer is', async () => {
    await as({}, async (page) => {
      await administrates(page, server, 'first@sample.example', 'First Sample');
      officer = await invites(page, 'Olga Sample', 'olga@sample.example');
      await as({ viewport: PHONE }, async (desk) => {
        await comes(desk, server, 'olga@sample.example');
        await appoints(page, `/office/appoint/office?person=${officer}`, { role: 'officer' });

        const person = await invites(desk, 'Carl Sample', 'carl@sample.example');
        await as({ allow: /status of 403/ }, async (chair) => {
          await comes(chair, server, 'carl@sample.example');
          await chair.goto(`/bodies/${BODY}/appointments`);
          assert.match(await heading(chair), /role that you do not have/i);

          await appoints(desk, `/office/appoint/chair?person=${person}`, { scope: BODY });
          await chair.goto(`/bodies/${BODY}/appointments`);
          assert.match(await chair.innerText('main'), /Carl Sample/);
          await appoints(chair, `/office/appoint/member?scope=${BODY}`, {
            person: `${officer}`,
            name: 'olga sample',
          });

          await desk.goto(`/office/people/${person}`);
          await press(desk, 'main a:has-text("End it")');
          await desk.fill('input[name=why]', 'Sample data: the term is over.');
          await press(desk, button('End it'));
          assert.match(await desk.innerText('[role=status]'), /has its end/);
          await chair.goto(`/bodies/${BODY}/appointments`);
          assert.match(await heading(chair), /role that you do not have/i);

          await chair.goto('/account/history');
          assert.match(await chair.innerText('main'), /Olga Sample/);
        });
      });
    });
  });

  test('a claim is decided by the office', async () => {
    await as({}, async (page) => {
      await signUp(page, server, 'claimant@sample.example');
      await page.goto('/account/claim');
      await page.fill('input[name=name]', 'Clara Sample');
      await page.fill('textarea[name=statement]', 'Sample data: certificate 4711.');
      await press(page, button('Send the request'));
      await as({}, async (desk) => {
        await desk.goto((await server.command('account', 'link', 'olga@sample.example')).path);
        await press(desk, 'main button.button-main');
        await desk.goto('/office');
        await press(desk, 'main a:has-text("1 request")');
        await press(desk, 'main a:has-text("Clara Sample")');
        assert.match(await desk.innerText('main'), /certificate 4711/);
        await press(desk, 'main a:has-text("Accept it")');
        await desk.check('#person-new');
        await press(desk, button('Accept'));
        assert.match(await desk.innerText('[role=status]'), /accepted/);
      });
      await page.goto('/account/claim');
      assert.match(await page.innerText('main'), /you are Clara Sample/);
    });
  });

  test('a lost account is given back by two officers, after a time', async () => {
    const { id } = await server.command('account', 'show', 'claimant@sample.example');

    await as({ allow: /status of 409/ }, async (page) => {
      await page.goto('/account/recover');
      await page.fill('input[name=known_as]', 'claimant@sample.example');
      await page.fill('input[name=address]', 'new@sample.example');
      await page.fill('textarea[name=statement]', 'Sample data: the trainer knows me.');
      await press(page, 'main button.button-main');
      await follow(page, await linkTo(server, 'new@sample.example'));
      await as({}, async (desk) => {
        await desk.goto((await server.command('account', 'link', 'olga@sample.example')).path);
        await press(desk, 'main button.button-main');
        await desk.goto('/office/recoveries');
        await press(desk, 'main a:has-text("claimant@sample.example")');
        await press(desk, 'main a:has-text("Approve it")');
        await desk.check(`#account-${id}`);
        await press(desk, button('Approve'));
        assert.match(await desk.innerText('main'), /second approval is another officer/);
        const seen = lettersTo(server, 'new@sample.example').length;
        await server.command('recovery', 'approve', '1', `${id}`);
        const link = await linkTo(server, 'new@sample.example', seen);
        await page.goto(link);
        assert.match(await heading(page), /not work yet/i);
        await pause(3500);
        await follow(page, link);
        await page.goto('/account');
        assert.equal(await heading(page), 'Your account');
        await page.goto('/account/addresses');
        assert.match(await page.innerText('main'), /new@sample\.example/);
      });
    });
  });

  test('every page of the office is for everybody', async () => {
    await as({}, async (page) => {
      const made = await server.command('account', 'create-administrator', 'pages@sample.example',
        '--name', 'Pages Sample');
      const faults = [];

      await server.command('appointment', 'make', `${made.person.id}`, 'officer');
      await follow(page, made.path);
      for (const path of [
        '/office',
        '/office/people',
        '/office/people?words=nobody',
        '/office/people/new',
        `/office/people/${officer}`,
        `/office/people/${officer}/history`,
        `/office/people/${officer}/name`,
        `/office/people/${made.person.id}`,
        '/office/accounts',
        '/office/accounts/1',
        '/office/accounts/1/block',
        '/office/accounts/1/end-sessions',
        '/office/claims',
        '/office/claims?all=yes',
        '/office/claims/1',
        '/office/recoveries?all=yes',
        '/office/recoveries/1',
        '/office/appointments',
        '/office/appointments?on=all',
        `/bodies/${BODY}/appointments?on=all`,
        '/office/appoint/office',
        '/office/appoint/chair',
        '/office/appoint/organisation-contact',
        '/office/appoint/office/1/end',
        '/office/journal',
      ])
        faults.push(...(await faultsOf(page, path)));
      none(faults);
    });
  });
}
