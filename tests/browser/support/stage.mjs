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
