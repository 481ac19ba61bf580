// The pages without a mouse.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PHONE, DESKTOP, visiting } from './support/browser.mjs';
import { MAIN_PAGES, none } from './support/stage.mjs';

const STEPS = 120; // places to stop at; longer pages go on in the same way

// Where the focus is: null at the end of the page. Remembers the first and the last stop.
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const at = document.elementFromPoint(
      Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
      Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1),
    );
    const last = window.lastFocused;
    const backwards =
      last && (element.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_PRECEDING) === 0;
    window.firstFocused ??= element;
    const again = Boolean(last) && element === window.firstFocused;
    const stays = element === last;
    window.lastFocused = element;
    return {
      name: element.outerHTML.slice(0, 100),
      href: element.getAttribute('href'),
      backwards: Boolean(backwards),
      again,
      stays,
      outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
      seen:
        box.bottom > 0 &&
        box.top < innerHeight &&
        box.width > 0 &&
        Boolean(at) &&
        (element.contains(at) || at.contains(element)),
    };
  });
}

async function walk(page) {
  const faults = [];

  for (let step = 0; step < STEPS; step++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (!at || at.again) return { faults, steps: step };
    if (at.stays) return { faults: [`the focus cannot leave ${at.name}`], steps: step };
    if (at.backwards) faults.push(`the focus goes back to ${at.name}`);
    if (!at.outlined) faults.push(`the focus does not show on ${at.name}`);
    if (!at.seen) faults.push(`the focus is hidden on ${at.name}`);
  }
  return { faults, steps: STEPS };
}

export function keyboard(stage) {
  const on = (options, work) => visiting(stage.browser, stage.server.base, options, work);

  test('the first stop of each page skips to what the page is about', async () => {
    await on({}, async (page) => {
      for (const path of MAIN_PAGES) {
        await page.goto(path);
        await page.keyboard.press('Tab');
        const first = await focused(page);
        assert.match(first?.href ?? '', /^#/, `${path}: the first stop is ${first?.name}`);
        assert.ok(first.seen, `${path}: the way to skip does not show`);
        await page.keyboard.press('Enter');
        const target = page.locator(first.href);
        assert.equal(await target.count(), 1, `${path}: there is no ${first.href}`);
        await page.keyboard.press('Tab');
        const skipped = await target.evaluate(
          (element) =>
            element.contains(document.activeElement) ||
            (element.compareDocumentPosition(document.activeElement) &
              Node.DOCUMENT_POSITION_FOLLOWING) !==
              0,
        );
        assert.ok(skipped, `${path}: the next stop is before ${first.href}`);
      }
    });
  });

  for (const [name, options] of [
    ['on a desktop', { viewport: DESKTOP }],
    ['on a phone, in the dark', { viewport: PHONE, colorScheme: 'dark' }],
    ['with forced colours', { forcedColors: 'active' }],
  ])
    test(`the focus goes through each page in order and shows, ${name}`, async () => {
      const faults = [];

      await on(options, async (page) => {
        for (const path of MAIN_PAGES) {
          await page.goto(path);
          const walked = await walk(page);
          faults.push(...walked.faults.slice(0, 3).map((fault) => `${path}: ${fault}`));
          if (walked.steps < 3) faults.push(`${path}: has ${walked.steps} stops`);
        }
      });
      none(faults);
    });

  test('what is folded opens by Enter and by the space bar', async () => {
    await on({}, async (page) => {
      await page.goto('/certifications/imi-certified-mediator');
      const details = page.locator('main details').first();
      const state = () => details.evaluate((element) => element.open);
      const before = await state();

      await details.locator('summary').first().focus();
      await page.keyboard.press('Enter');
      assert.equal(await state(), !before);
      await page.keyboard.press('Space');
      assert.equal(await state(), before);
    });
  });
}
