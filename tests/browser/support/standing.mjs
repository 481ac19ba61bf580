// Fills in the form of /standing.

import { join } from 'node:path';

import { SOURCE } from './server.mjs';

export const example = (name) => join(SOURCE, 'examples', name);

// Opens the form anew, chooses files of examples/ and asks. Ends on the page of the answer.
export async function askByFiles(page, { log, person, on, marks = 'stand' }) {
  await page.goto('/standing');
  await page.setInputFiles('input[name="log"]', example(log));
  if (person) await page.setInputFiles('input[name="person"]', example(person));
  await page.fill('input[name="on"]', on);
  await page.check(`input[name="marks"][value="${marks}"]`);
  await submit(page);
}

export async function submit(page) {
  await Promise.all([
    page.waitForNavigation(),
    page.click('button[name="action"][value="check"] >> nth=0'),
  ]);
}
