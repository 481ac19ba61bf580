// Light and dark, forced colours, little motion, paper.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { visiting } from './support/browser.mjs';
import { MAIN_PAGES, none } from './support/stage.mjs';

function luminance(page) {
  return page.evaluate(() => {
    const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+(\.\d+)?/g);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
}

export function appearance(stage) {
  const on = (options, work) => visiting(stage.browser, stage.server.base, options, work);

  test('the pages are light or dark as the visitor prefers', async () => {
    await on({}, async (page) => {
      await page.goto('/');
      const light = await luminance(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await luminance(page);
      assert.ok(light > 200 && dark < 60, `the background's luminance is ${light} and ${dark}`);
    });
  });

  test('with forced colours every field and button keeps an edge', async () => {
    const faults = [];

    await on({ forcedColors: 'active' }, async (page) => {
      for (const path of MAIN_PAGES) {
        await page.goto(path);
        const bare = await page.evaluate(() =>
          [...document.querySelectorAll('button, select, textarea, input:not([type=hidden])')]
            .filter((element) => element.checkVisibility())
            .filter((element) => !['checkbox', 'radio', 'file'].includes(element.type))
            .filter((element) => parseFloat(getComputedStyle(element).borderBottomWidth) < 1)
            .map((element) => element.outerHTML.slice(0, 120)),
        );
        faults.push(...bare.map((what) => `${path}: ${what}`));
      }
    });
    none(faults);
  });

  test('nothing moves for those who want little motion', async () => {
    const faults = [];

    await on({ reducedMotion: 'reduce' }, async (page) => {
      for (const path of MAIN_PAGES) {
        await page.goto(path);
        const moving = await page.evaluate(() =>
          [...document.querySelectorAll('*')]
            .filter((element) => {
              const style = getComputedStyle(element);
              const longest = `${style.transitionDuration},${style.animationDuration}`
                .split(',')
                .map(parseFloat);
              return Math.max(...longest) > 0.011 || style.scrollBehavior === 'smooth';
            })
            .map((element) => element.outerHTML.slice(0, 120)),
        );
        faults.push(...moving.slice(0, 3).map((what) => `${path}: ${what}`));
      }
    });
    none(faults);
  });
}
