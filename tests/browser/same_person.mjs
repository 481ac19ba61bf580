// Two people of the same name, found to be one and to be two again; and a record as the office sees
// it, on an earlier day beside now, corrected for its owner.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { button, follow, press, signUp } from './support/account.mjs';
import { visiting } from './support/browser.mjs';
import { faultsOf } from './support/inside.mjs';
import { none } from './support/stage.mjs';

const heading = (page) => page.innerText('h1');
const told = (page) => page.innerText('[role=status]');
const link = (text) => `main a:has-text("${text}")`;

const OWN = 'twice@sample.example';
const DESK = 'desk@sample.example';

// The number of the person whose page this is.
const numberOf = (page) => Number(/\/office\/people\/(\d+)/.exec(page.url())[1]);

async function beginsRecord(page, server) {
  await signUp(page, server, OWN);
  await page.goto('/record/begin');
  await page.fill('input[name=name]', 'Tessa Twofold');
  await press(page, button('Begin'));
  await page.goto('/record/logbook/add?kind=cpd');
  await page.fill('input[name=start]', '2026-03-02');
  await page.fill('input[name=hours]', '6');
  await press(page, button('Add this entry'));
}

// Somebody of the office, by a link of the command line.
async function comesToTheDesk(page, server) {
  const made = await server.command(
    ...['account', 'create-administrator', DESK, '--name', 'Desk Sample'],
  );
  await server.command('appointment', 'make', `${made.person.id}`, 'officer');
  await follow(page, made.path);
}

async function merges(page, one, other) {
  await page.goto(`/office/alike/${one}/${other}`);
  assert.match(await page.innerText('main'), /same words in a name/);
  await press(page, link('They are one person'));
  await press(page, button(`Merge ${other} into ${one}`));
  assert.match(await page.innerText('main .faults'), /say why/i);
  await page.fill('input[name=why]', 'Sample data: the same diploma.');
  await press(page, button(`Merge ${other} into ${one}`));
  assert.match(await told(page), /one person now/);
}

async function unmerges(page) {
  await press(page, link('Undo it'));
  await page.fill('input[name=why]', 'Sample data: two diplomas after all.');
  await press(page, button('Undo the merge'));
  assert.match(await told(page), /two again/);
}

export function samePerson(stage) {
  const { office: server } = stage;
  const as = (options, work) =>
    visiting(stage.browser, server.base, { account: true, ...options }, work);
  let kept;
  let other;

  for (const javaScriptEnabled of [true, false])
    test(`two of the same name are merged and unmerged, ${
      javaScriptEnabled ? 'with' : 'without'
    } script`, async () => {
      await as({ javaScriptEnabled, allow: /status of 422/ }, async (desk) => {
        if (javaScriptEnabled) {
          await as({}, (page) => beginsRecord(page, server));
          other = (await server.command('person', 'add', 'Twofold, Tessa')).id;
          await comesToTheDesk(desk, server);
        } else {
          await desk.goto((await server.command('account', 'link', DESK)).path);
          await press(desk, 'main button.button-main');
        }
        await desk.goto('/office/people?words=twofold');
        await press(desk, link('Tessa Twofold'));
        kept = numberOf(desk);
        await desk.goto('/office/alike');
        assert.match(await desk.innerText('main'), /Tessa Twofold and Twofold, Tessa/);
        await merges(desk, kept, other);
        await desk.goto(`/office/people/${other}`);
        assert.equal(numberOf(desk), kept);
        await desk.goto(`/office/people/${other}/history`);
        assert.match(await desk.innerText('main'), /the same diploma/);
        await desk.goto(`/office/people/${other}/record`);
        assert.match(await desk.innerText('main'), /Read together from/);
        await desk.goto(`/office/people/${kept}`);
        await unmerges(desk);
        await desk.goto(`/office/people/${other}`);
        assert.equal(numberOf(desk), other);
      });
    });

  test('a record is seen as it was, and corrected for its owner', async () => {
    await as({ allow: /status of 422/ }, async (desk) => {
      await desk.goto((await server.command('account', 'link', DESK)).path);
      await press(desk, 'main button.button-main');
      await desk.goto(`/office/people/${kept}/record`);
      assert.match(await desk.innerText('#logbook + *'), /1 entry/);
      await desk.fill('input[name=at]', '2026-01-31');
      await press(desk, button('Show'));
      assert.match(await desk.innerText('main'), /Nothing was recorded in the logbook/);
      await press(desk, '#standings ~ table a >> nth=0');
      assert.match(await desk.innerText('main'), /beside what comes out now/);
      await desk.goto(`/office/people/${kept}/record`);
      await press(desk, link('Correct entry'));
      await desk.fill('input[name=hours]', '5');
      await desk.fill('input[name=why]', 'Sample data: the certificate says five hours.');
      await press(desk, button('Correct it'));
      assert.match(await told(desk), /with your reason/);
      assert.match(await desk.innerText('main'), /5:00 hours/);
    });
    await as({}, async (page) => {
      await page.goto((await server.command('account', 'link', OWN)).path);
      await press(page, 'main button.button-main');
      await page.goto('/account/history');
      assert.match(await page.innerText('main'), /Desk Sample/);
    });
  });

  test('who is found to be two is offered no more, and all these pages are for everybody', async () => {
    await as({}, async (desk) => {
      const faults = [];

      await desk.goto((await server.command('account', 'link', DESK)).path);
      await press(desk, 'main button.button-main');
      for (const path of [
        '/office/alike',
        `/office/alike/${kept}/${other}`,
        `/office/alike/${kept}/${other}/merge`,
        `/office/alike/${kept}/${other}/apart`,
        '/office/merges/1/undo',
        `/office/people/${kept}`,
        `/office/people/${kept}/record`,
        `/office/people/${kept}/record?at=2026-01-31`,
        `/office/people/${kept}/record/standing/imi-certified-mediator?at=2026-01-31`,
        '/office/entries/1/correct',
      ])
        faults.push(...(await faultsOf(desk, path)));
      none(faults);
      await desk.goto(`/office/alike/${kept}/${other}`);
      await press(desk, link('They are two'));
      await desk.fill('input[name=why]', 'Sample data: cousins.');
      await press(desk, button('They are two'));
      assert.match(await told(desk), /they are two/);
      await desk.goto('/office/alike');
      assert.doesNotMatch(await desk.innerText('main'), /Twofold/);
    });
  });
}
