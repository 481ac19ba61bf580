// Debian's Chromium, and pages of it that remember everything that went wrong.

import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

export function launch() {
  return chromium.launch({
    executablePath: EXECUTABLE,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const SMALL_PHONE = { width: 320, height: 640 };

// Runs in the page: a page that breaks the policy says so by itself, and the browser in its console.
function hearViolations() {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI || event.sample}`);
  });
}

/*
 * A fresh visitor: options are those of a browser's context. `page.faults` gathers what no page may
 * do: errors in the console, in scripts and of the network, requests to anybody else, cookies.
 * `allow` is a pattern of faults that a test provokes. With `account` they may be given cookies.
 */
export async function visitor(browser, base, options = {}) {
  const { allow, account, ...rest } = options;
  const context = await browser.newContext({
    baseURL: base,
    viewport: DESKTOP,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
    ...rest,
  });
  await context.addInitScript(hearViolations);
  const page = await context.newPage();
  const faults = [];
  const fault = (text) => {
    if (!allow?.test(text)) faults.push(text);
  };

  page.setDefaultTimeout(15000);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) fault(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => fault(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    // A page that is left while its icon still comes is no fault.
    if (why !== 'net::ERR_ABORTED') fault(`request: ${request.url()}: ${why}`);
  });
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== base) fault(`request: ${request.url()} is not ours`);
  });
  page.on('response', (response) => {
    if (!account && response.headers()['set-cookie']) fault(`cookie: set by ${response.url()}`);
  });
  page.faults = faults;
  return { context, page };
}

// Lets a test work as a fresh visitor and refuses what went wrong in the background.
export async function visiting(browser, base, options, work) {
  const { context, page } = await visitor(browser, base, options);

  try {
    const result = await work(page, context);
    const cookies = options.account ? [] : await context.cookies();
    const faults = [...page.faults, ...cookies.map((cookie) => `cookie: ${cookie.name}`)];
    if (faults.length > 0) throw new Error(`${page.url()}:\n${faults.join('\n')}`);
    return result;
  } finally {
    await context.close();
  }
}
