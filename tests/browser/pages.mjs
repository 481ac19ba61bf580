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
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  const { rest, answer } = await firstVisit(page, path);
  const faults = [];

  if (answer.status() !== 200) faults.push(`answered with ${answer.status()}`);
  if (rest >= FIRST_VISIT_BYTES) faults.push(`a first visit takes ${rest} bytes without fonts`);
  if ((await page.locator('h1').count()) !== 1) faults.push('has not one h1');
  if ((await page.locator('meta[name=description][content*=" "]').count()) !== 1)
    faults.push('has not one description');
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

async function faultsFromRightToLeft(page, path) {
  await page.setViewportSize(DESKTOP);
  await page.goto(path);
  const direction = await page.evaluate(() => getComputedStyle(document.documentElement).direction);
  const faults = [];

  if (direction !== 'rtl' || (await page.getAttribute('html', 'dir')) !== 'rtl')
    faults.push('does not run from right to left');
  for (const size of [DESKTOP, SMALL_PHONE]) {
    await page.setViewportSize(size);
    faults.push(...under(`${size.width} px`, await overflow(page)));
  }
  return faults;
}

async function accessibleFromRightToLeft(page, path) {
  await page.goto(path);
  return accessibility(page);
}

// Two visitors share the pages; each page is a test.
function onEach(name, stage, server, pages, work) {
  test(name, { concurrency: 2 }, async (t) => {
    const queue = [...pages];
    const visit = async (page) => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { path } = next;
        await t.test(path, async () => {
          const faults = await work(page, path);
          none([...faults, ...page.faults.splice(0)]);
        });
      }
    };
    await Promise.all([1, 2].map(() => visiting(stage.browser, server.base, {}, visit)));
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

  onEach('every page', stage, stage.server, site.pages, faultsOf);
  onEach('every page from right to left', stage, stage.rtl, site.pages, faultsFromRightToLeft);
  // Nothing but places differs there, so that one of each sort is enough for the long check.
  onEach(
    'a page of each sort from right to left is accessible',
    stage,
    stage.rtl,
    oneOfEachSort(site.pages),
    accessibleFromRightToLeft,
  );
}
