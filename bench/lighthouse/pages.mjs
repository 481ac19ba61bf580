#!/usr/bin/env node
// Usage: pages.mjs PROGRAM [/PATH...]    see bench/pages

import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';

import { Server } from '../../tests/browser/support/server.mjs';

const LEAST = 95;
const PAGES = [
  '/',
  '/certifications',
  '/certifications/imi-certified-mediator',
  '/pathway',
  '/benefits',
  '/bodies',
  '/bodies/appraisal-committee',
  '/standing',
  '/docs',
];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const VIEWS = [
  ['phone', undefined],
  ['desktop', desktop],
];

// The audits that cost marks, for a page that has too few.
function reasons(result, category) {
  return result.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (result.audits[id].score ?? 1) < 0.9)
    .map(({ id }) => `    ${category}: ${result.audits[id].title} ${result.audits[id].displayValue ?? ''}`);
}

async function measure(browser, address, config) {
  const { lhr } = await lighthouse(
    address,
    { port: browser.port, logLevel: 'error', onlyCategories: CATEGORIES },
    config,
  );
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  return lhr;
}

const [program, ...chosen] = process.argv.slice(2);
const server = await Server.start(program);
const browser = await launch({
  chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  chromeFlags: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
let low = 0;

try {
  console.log(`${''.padEnd(50)}${CATEGORIES.map((name) => name.padStart(15)).join('')}`);
  for (const path of chosen.length > 0 ? chosen : PAGES) {
    for (const [view, config] of VIEWS) {
      const result = await measure(browser, server.base + path, config);
      const marks = CATEGORIES.map((name) => Math.round((result.categories[name].score ?? 0) * 100));
      console.log(
        `${path.padEnd(40)}${view.padEnd(10)}${marks.map((mark) => `${mark}`.padStart(15)).join('')}`,
      );
      CATEGORIES.forEach((name, i) => {
        if (marks[i] >= LEAST) return;
        low++;
        console.log(reasons(result, name).join('\n'));
      });
    }
  }
} finally {
  await browser.kill();
  await server.stop();
}
if (low > 0) console.log(`${low} ${low === 1 ? 'mark is' : 'marks are'} below ${LEAST}`);
process.exitCode = low > 0 ? 1 : 0;
