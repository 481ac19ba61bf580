// What must hold of every page behind a door, whoever looks at it.

import { DESKTOP, PHONE, SMALL_PHONE } from './browser.mjs';
import { accessibility, contrast, overflow, print } from './checks.mjs';

// Goes to the page and gives its faults, as texts.
export async function faultsOf(page, path) {
  const faults = [];
  const under = (name, found) => faults.push(...found.map((fault) => `${path}: ${name}: ${fault}`));

  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  const answer = await page.goto(path);
  if (answer.status() !== 200) faults.push(`${path}: answered ${answer.status()}`);
  if ((await page.locator('h1').count()) !== 1) faults.push(`${path}: has not one h1`);
  if ((await page.locator('main .button-main').count()) > 1)
    faults.push(`${path}: has more than one main button`);
  under('light', await accessibility(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  under('dark', await contrast(page));
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  under('print', await print(page));
  await page.emulateMedia({ media: 'screen' });
  for (const size of [PHONE, SMALL_PHONE]) {
    await page.setViewportSize(size);
    under(`${size.width} px`, await overflow(page));
  }
  await page.setViewportSize(PHONE);
  under('phone', await accessibility(page));
  return faults;
}
