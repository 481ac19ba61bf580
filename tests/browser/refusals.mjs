// What the site refuses, and how it says so.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';

import { visiting } from './support/browser.mjs';
import { accessibility, overflow } from './support/checks.mjs';
import { none } from './support/stage.mjs';

// A POST of an empty form with these headers: its status. fetch would add headers by itself.
function post(address, headers) {
  return new Promise((resolve, reject) => {
    const asking = request(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    asking.once('error', reject);
    asking.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.end('on=2024-06-30');
  });
}

export function refusals(stage) {
  const { base } = stage.server;

  test('an address that is not there is told with a way on', async () => {
    await visiting(stage.browser, base, { allow: /404/ }, async (page) => {
      const answer = await page.goto('/certifications/no-such-thing');
      assert.equal(answer.status(), 404);
      assert.equal(await page.locator('h1').count(), 1);
      assert.ok((await page.locator('main a[href^="/"]').count()) > 0, 'main holds no link');
      none([...(await accessibility(page)), ...(await overflow(page))]);
    });
  });

  test('a program is told the same as JSON', async () => {
    const answer = await fetch(`${base}/no-such-thing`, { headers: { accept: 'application/json' } });
    assert.equal(answer.status, 404);
    assert.match(answer.headers.get('content-type'), /json/);
    assert.equal(typeof (await answer.json()), 'object');
  });

  test('a form of another site is refused', async () => {
    const form = `<form method="post" action="${base}/standing"><button>Go</button></form>`;

    await visiting(stage.browser, base, { allow: /403/ }, async (page) => {
      await page.goto(`data:text/html,${encodeURIComponent(form)}`);
      const [answer] = await Promise.all([
        page.waitForResponse(`${base}/standing`),
        page.click('button'),
      ]);
      assert.equal(answer.status(), 403);
    });
  });

  test('a browser is refused that says it comes from elsewhere', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site', origin: base },
    ])
      assert.equal(await post(`${base}/standing`, headers), 403, JSON.stringify(headers));
    assert.notEqual(await post(`${base}/standing`, { 'sec-fetch-site': 'same-origin' }), 403);
  });

  test('every page comes with the headers that protect its reader', async () => {
    const faults = [];

    for (const { path } of stage.site.pages) {
      const { headers } = await fetch(base + path);
      const policy = headers.get('content-security-policy') ?? '';
      if (!/default-src '(none|self)'/.test(policy)) faults.push(`${path}: policy ${policy}`);
      if (/unsafe|\*|https?:/.test(policy)) faults.push(`${path}: policy ${policy}`);
      for (const directive of ['frame-ancestors', 'form-action', 'base-uri'])
        if (!policy.includes(directive)) faults.push(`${path}: policy has no ${directive}`);
      if (headers.get('x-content-type-options') !== 'nosniff') faults.push(`${path}: may be sniffed`);
      if (!headers.get('referrer-policy')) faults.push(`${path}: no referrer-policy`);
      if (headers.get('set-cookie')) faults.push(`${path}: sets a cookie`);
    }
    none(faults);
  });
}
