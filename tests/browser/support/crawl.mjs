// Follows every link of the site, without a browser, from its home.

const MAX_ADDRESSES = 1000;
const ATTRIBUTE = /\s(href|src|action|srcset)="([^"]*)"/g;

function decoded(text) {
  return text
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, digits) =>
      String.fromCodePoint(parseInt(digits, hex ? 16 : 10)),
    )
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

// The addresses that a page names, in the order in which they stand.
export function addressesIn(html) {
  return [...html.matchAll(ATTRIBUTE)].map(([, , value]) => decoded(value));
}

function addressesInStyle(css) {
  return [...css.matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)].map(([, value]) => value);
}

/*
 * Everything that can be reached from "/" and belongs to the site:
 *   pages    [{ path, html, ids }], answers of text/html to GET with status 200
 *   assets   [{ path, type, bytes }], the rest
 *   broken   texts, one for each address that does not resolve, and who names it
 *   foreign  [{ from, address }], what leads elsewhere
 */
export async function crawl(base) {
  const found = { pages: [], assets: [], broken: [], foreign: [] };
  const seen = new Map([['/', 'the beginning']]);
  const fragments = [];
  const queue = ['/'];

  const note = (from, address) => {
    const url = new URL(address, base + from);
    if (url.origin !== base) {
      if (url.protocol !== 'data:') found.foreign.push({ from, address });
      return;
    }
    const path = url.pathname + url.search;
    if (url.hash.length > 1) fragments.push({ from, path, id: decodeURIComponent(url.hash.slice(1)) });
    if (seen.has(path)) return;
    if (seen.size >= MAX_ADDRESSES) throw new Error(`more than ${MAX_ADDRESSES} addresses`);
    seen.set(path, from);
    queue.push(path);
  };

  while (queue.length > 0) {
    const path = queue.shift();
    const answer = await fetch(base + path, { redirect: 'manual', headers: { accept: 'text/html' } });
    const type = answer.headers.get('content-type') ?? '';
    const body = Buffer.from(await answer.arrayBuffer());

    if (answer.status >= 300 && answer.status < 400) {
      note(path, answer.headers.get('location') ?? '');
    } else if (answer.status === 405 && answer.headers.get('allow') === 'POST') {
      // A form is sent there, and nothing is to be seen.
    } else if (answer.status !== 200) {
      found.broken.push(`${path} (${answer.status}), named by ${seen.get(path)}`);
    } else if (type.startsWith('text/html')) {
      const html = body.toString('utf8');
      found.pages.push({ path, html });
      for (const address of addressesIn(html)) note(path, address);
    } else {
      found.assets.push({ path, type, bytes: body.length });
      if (type.startsWith('text/css'))
        for (const address of addressesInStyle(body.toString('utf8'))) note(path, address);
    }
  }
  const ids = new Map(
    found.pages.map(({ path, html }) => [
      path,
      new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => decoded(id))),
    ]),
  );
  for (const { from, path, id } of fragments)
    if (ids.has(path) && !ids.get(path).has(id)) found.broken.push(`${path}#${id}, named by ${from}`);
  return found;
}
