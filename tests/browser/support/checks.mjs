// What must hold of every page, each as a function that returns the faults it found, as texts.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = [
  'wcag2a',
  'wcag2aa',
  'wcag21a',
  'wcag21aa',
  'wcag22a',
  'wcag22aa',
  'best-practice',
];

async function axe(page, runOnly) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (only) => {
    const result = await window.axe.run(document, { runOnly: only, resultTypes: ['violations'] });
    return result.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`),
    }));
  }, runOnly);
  return violations.map(
    ({ id, help, nodes }) => `axe ${id}: ${help}\n    ${nodes.slice(0, 3).join('\n    ')}`,
  );
}

// No rule of WCAG 2.2 AA that a machine can check is broken, nor any of good practice.
export function accessibility(page) {
  return axe(page, { type: 'tag', values: TAGS });
}

export function contrast(page) {
  return axe(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
}

// Nothing makes the page itself scroll sideways, and nothing is cut off at its edges.
export async function overflow(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const width = root.clientWidth;
    const scrolls = (element) => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
        if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(at).overflowX)) return true;
      return false;
    };
    if (root.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > width + 1 || box.left < -1) && !scrolls(element);
    });
    return [
      `${root.scrollWidth} px wide in ${width}: ` +
        wide
          .slice(0, 3)
          .map((element) => element.outerHTML.slice(0, 120))
          .join(' | '),
    ];
  });
}

// In print there is nothing to click, and nothing is folded away.
export async function print(page) {
  return page.evaluate(() => {
    const faults = [];
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    for (const element of document.querySelectorAll('nav, button, input:not([type=hidden]), select'))
      if (shown(element)) faults.push(`printed: ${element.outerHTML.slice(0, 120)}`);
    for (const details of document.querySelectorAll('details')) {
      const inside = [...details.children].filter((child) => child.localName !== 'summary');
      if (shown(details) && inside.length > 0 && !inside.some(shown))
        faults.push(`folded in print: ${details.outerHTML.slice(0, 120)}`);
    }
    return faults.slice(0, 5);
  });
}

/*
 * Bytes over the wire of what a first visit to the address loads: without fonts, and of the fonts.
 * The page ends up at the address.
 */
export async function firstVisit(page, address) {
  const session = await page.context().newCDPSession(page);
  const types = new Map();
  const bytes = { rest: 0, fonts: 0 };

  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes[types.get(requestId) === 'Font' ? 'fonts' : 'rest'] += encodedDataLength;
  });
  const answer = await page.goto(address);
  await session.detach();
  if (bytes.rest === 0) throw new Error(`${address}: no byte was measured`);
  return { ...bytes, answer };
}
