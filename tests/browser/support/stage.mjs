// What the tests of all files share.

// One page of each sort.
export const MAIN_PAGES = [
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

// Ends the test with all the faults there are, if there are any.
export function none(faults) {
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

// Of the pages that differ only in which certification, edition or body they are about, the first.
export function oneOfEachSort(pages) {
  const sorts = new Map();

  for (const page of pages) {
    const sort = page.path
      .replace(/\?.*/, '?')
      .replace(/^\/(certifications|bodies|about)\/[^/]+/, '/$1/*')
      .replace(/\/editions\/[^/]+/, '/editions/*');
    if (!sorts.has(sort)) sorts.set(sort, page);
  }
  return [...sorts.values()];
}
