// A newcomer's way: what is asked, how one gets there, where one stands, and what would change it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, PHONE, SMALL_PHONE, visiting } from './support/browser.mjs';
import { accessibility, overflow } from './support/checks.mjs';
import { none } from './support/stage.mjs';
import { askByFiles, example, submit } from './support/standing.mjs';

const ON = '2024-06-30'; // the day after which the sample data end

const VISITORS = [
  ['on a desktop', { viewport: DESKTOP }],
  ['on a desktop, without script', { viewport: DESKTOP, javaScriptEnabled: false }],
  ['on a phone, in the dark', { viewport: PHONE, colorScheme: 'dark' }],
  ['on a small phone, without script', { viewport: SMALL_PHONE, javaScriptEnabled: false }],
];

// The result of a certification in the table at the beginning of an answer.
async function verdict(page, title) {
  const row = page.locator('main table tr', { hasText: title }).first();
  return (await row.locator('.verdict').first().innerText()).trim();
}

async function unfold(page, title, nth = 0) {
  const details = page.locator('details', { has: page.locator(`> summary:text-is("${title}")`) });

  if (!(await details.nth(nth).evaluate((element) => element.open)))
    await details.nth(nth).locator('> summary').click();
}

async function findsOutWhatIsAsked(page) {
  await page.goto('/');
  await page.click('main a:text-is("IMI Certified Mediator")');
  assert.equal(await page.innerText('h1'), 'IMI Certified Mediator');
  assert.match(await page.innerText('blockquote >> nth=0'), /20 mediations.*200 hours/);
  assert.match(await page.innerText('main'), /How this is checked: at least 20 mediations/);
  await page.click('nav >> text=Pathway');
  await page.click('main a:visible:text("Certif") >> nth=0');
  assert.match(page.url(), /certifi|certify/);
  await page.click('nav >> text=Bodies');
  await page.click('main a:text-is("Appraisal Committee")');
  assert.equal(await page.innerText('h1'), 'Appraisal Committee');
  await page.goto('/certifications/young-mediator/compare');
  assert.match(await page.innerText('main'), /looser|tighter|mixed/i);
}

async function seesWhereTheyStand(page) {
  await askByFiles(page, { log: 'logbook-300.csv', person: 'person.json', on: ON });
  assert.equal(await page.innerText('h1'), 'Where you stand');
  assert.equal(await verdict(page, 'IMI Certified Mediator'), 'Eligible');
  assert.equal(await verdict(page, 'IMI Mediation Advocate'), 'Not yet');
  assert.equal(await verdict(page, 'IMI Online Mediator'), 'A person must look');
  const tree = page.locator('main details', { hasText: 'How this comes about' }).first();
  await tree.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  assert.ok(await tree.evaluate((element) => element.open));
}

async function asksAgainWithoutTheFile(page) {
  await unfold(page, 'Change the day, the records or the plan, and look again');
  await page.fill('input[name="on"]', '2012-12-31');
  await submit(page);
  assert.match(await page.innerText('main'), /31 December 2012/);
  assert.equal(await verdict(page, 'IMI Certified Mediator'), 'Not yet');
}

async function plans(page) {
  await page.goto('/standing');
  await unfold(page, 'Mediation');
  await unfold(page, 'Add what you plan, and see the difference');
  await unfold(page, 'Mediation', 1);
  await page.fill('[name="mediation.1.count"]', '15');
  await page.fill('[name="mediation.1.from"]', '2023-01-10');
  await page.fill('[name="mediation.1.to"]', '2024-05-20');
  await page.selectOption('[name="mediation.1.role"]', 'mediator');
  await page.fill('[name="plan.mediation.1.count"]', '5');
  await page.fill('[name="plan.mediation.1.from"]', '2024-07-01');
  await page.fill('[name="plan.mediation.1.to"]', '2024-09-30');
  await page.selectOption('[name="plan.mediation.1.role"]', 'mediator');
  await page.fill('input[name="on"]', ON);
  await page.selectOption('[name="only"]', 'imi-certified-mediator');
  await submit(page);
  assert.match(await page.innerText('main'), /15 of 20 mediations as mediator/);
  assert.match(await page.innerText('section[aria-labelledby=plan]'), /better|none/);
  assert.equal(await page.inputValue('[name="mediation.1.count"]'), '15');
}

async function mendsFaults(page) {
  await askByFiles(page, { log: 'logbook-faults.csv', on: ON });
  const said = await page.innerText('main');
  assert.match(said, /Row 3, column B \(kind\)/);
  assert.match(said, /'meditation' is no kind of record/);
  assert.match(said, /did you mean 'mediation'/i);
  assert.equal(await page.inputValue('input[name="on"]'), ON);
  none(await overflow(page));
  await page.setInputFiles('input[name="log"]', example('logbook-12.csv'));
  await submit(page);
  assert.equal(await page.innerText('h1'), 'Where you stand');
}

export function journey(stage) {
  for (const [name, options] of VISITORS)
    test(`a newcomer finds out where they stand, ${name}`, async () => {
      await visiting(
        stage.browser,
        stage.server.base,
        // Faults are answered with 422, which the browser notes in its console.
        { ...options, allow: /status of 422/ },
        async (page) => {
          await findsOutWhatIsAsked(page);
          await seesWhereTheyStand(page);
          none(await overflow(page));
          if (options.javaScriptEnabled !== false) none(await accessibility(page));
          await asksAgainWithoutTheFile(page);
          await plans(page);
          none(await overflow(page));
          await mendsFaults(page);
        },
      );
    });

  test('an answer is whole on paper', async () => {
    await visiting(stage.browser, stage.server.base, {}, async (page) => {
      await askByFiles(page, { log: 'logbook-12.csv', person: 'person.json', on: ON });
      await page.emulateMedia({ media: 'print' });
      const shown = await page.evaluate(() => ({
        form: document.querySelector('#standing')?.checkVisibility() ?? false,
        verdicts: [...document.querySelectorAll('main .verdict')].filter((e) => e.checkVisibility())
          .length,
      }));
      assert.equal(shown.form, false);
      assert.ok(shown.verdicts > 10);
    });
  });
}
