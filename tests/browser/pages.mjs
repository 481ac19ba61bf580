// What holds of every page that can be reached: with no mouse, no script, no light, no room.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, SMALL_PHONE, visiting } from './support/browser.mjs';
import { accessibility, contrast, firstVisit, overflow, print } from './support/checks.mjs';
import { none, oneOfEachSort } from './support/stage.mjs';

const FIRST_VISIT_BYTES = 60000; // fonts apart
const ZOOMED = { width: 640, height: 450 }; // 1280 px at 200 %

const under = (name, faults) => faults.map((fault) => `${name}: ${fault}`);

async function faultsOf(page, path) {
  const { rest, answer } = await firstVisit(page, path);
  const faults = [];

  if (answer.status() !== 200) faults.push(`answered with ${answer.status()}`);
  if (rest >= FIRST_VISIT_BYTES) faults.push(`a first visit takes ${rest} bytes without fonts`);
  if ((await page.locator('h1').count()) !== 1) faults.push('has not one h1');
  faults.push(...under('light', await accessibility(page)));
  await page.emulateMedia({ colorScheme: 'dark' });
  faults.push(...under('dark', await contrast(page)));
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  faults.push(...under('print', await print(page)));
  await page.emulateMedia({ media: 'screen' });
  for (const size of [ZOOMED, SMALL_PHONE]) {
    await page.setViewportSize(size);
    faults.push(...under(`${size.width} px`, await overflow(page)));
  }
  return faults;
}

async function faultsAtAGlance(page, path) {
  await page.goto(path);
  return accessibility(page);
}

async function faultsFromRightToLeft(page, path) {
  const faults = [];

  await page.goto(path);
  const direction = await page.evaluate(() => getComputedStyle(document.documentElement).direction);
  if (direction !== 'rtl' || (await page.getAttribute('html', 'dir')) !== 'rtl')
    faults.push('does not run from right to left');
  faults.push(...(await accessibility(page)));
  for (const size of [DESKTOP, SMALL_PHONE]) {
    await page.setViewportSize(size);
    faults.push(...under(`${size.width} px`, await overflow(page)));
  }
  return faults;
}

function onEach(name, stage, server, pages, work) {
  test(name, { concurrency: 2 }, async (t) => {
    await Promise.all(
      pages.map(({ path }) =>
        t.test(path, () =>
          visiting(stage.browser, server.base, {}, async (page) => {
            const faults = await work(page, path);
            none([...faults, ...page.faults]);
          }),
        ),
      ),
    );
  });
}

export function pages(stage) {
  const { site } = stage;

  test('every link and every asset leads somewhere', () => {
    none(site.broken);
    assert.ok(site.pages.length > 20, `${site.pages.length} pages were found`);
  });

  test('no asset comes from elsewhere', () => {
    const loaded = site.pages.flatMap(({ path, html }) =>
      [...html.matchAll(/<(?:link|script|img|iframe|source)\b[^>]*\b(?:href|src)="(https?:[^"]*)"/g)]
        .filter(([tag]) => !/rel="canonical"/.test(tag))
        .map(([, address]) => `${path}: ${address}`),
    );
    none(loaded);
  });

  test('no page holds script or style of its own', () => {
    const inline = site.pages.flatMap(({ path, html }) =>
      [...html.matchAll(/<style\b|<script(?![^>]*\bsrc=)[^>]*>|<[^>]*\s(?:style|on[a-z]+)="/g)].map(
        ([what]) => `${path}: ${what}`,
      ),
    );
    none(inline);
  });

  const sorts = oneOfEachSort(site.pages);

  onEach('a page of each sort', stage, stage.server, sorts, faultsOf);
  onEach(
    'every other page',
    stage,
    stage.server,
    site.pages.filter((page) => !sorts.includes(page)),
    faultsAtAGlance,
  );
  onEach('pages from right to left', stage, stage.rtl, sorts, faultsFromRightToLeft);
}
