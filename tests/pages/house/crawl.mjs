// Fetches every page that can be reached from the front pages by following links.
import { JSDOM } from 'jsdom';
import { pool } from './browser.mjs';

const FRONTS = ['/', '/ur'];
const MOST = 600;
// Addresses with a query grow without end; one search in each language and a few comparisons stand for all.
const QUERIES_A_PATH = 2;

// A page: path, status, headers, text, document; and for every address the pages that link to it.
export async function crawl(address) {
  const pages = new Map();
  const linkedFrom = new Map();
  const queries = new Map();
  let wave = [...FRONTS, '/search?q=pakistan', '/ur/search?q=%D9%BE%D8%A7%DA%A9%D8%B3%D8%AA%D8%A7%D9%86'];
  let base = address;
  const seen = new Set(wave);
  while (wave.length > 0 && pages.size < MOST) {
    const fetched = await pool(wave, (path) => get(address, path), 6);
    const next = [];
    for (const page of fetched) {
      pages.set(page.path, page);
      if (!page.isHtml) continue;
      const canonical = page.document.querySelector('link[rel=canonical]')?.href;
      if (page.path === '/' && canonical) base = new URL(canonical).origin;
      for (const { path, fragment } of links(page, address, base)) {
        const from = linkedFrom.get(path) ?? [];
        linkedFrom.set(path, [...from, { page: page.path, fragment }]);
        if (seen.has(path) || !page.isOk || !welcome(path, queries)) continue;
        seen.add(path);
        next.push(path);
      }
    }
    wave = next;
  }
  const all = [...pages.values()];
  return {
    address,
    base,
    pages,
    linkedFrom,
    html: all.filter((page) => page.isHtml && page.isOk),
    articles: all.filter((page) => page.isHtml && page.isOk && isArticle(page.path)),
  };
}

export const isArticle = (path) => /^\/\d{4}\/\d{2}\/[^/?.]+$/.test(decodeURI(path));

function welcome(path, queries) {
  const [bare, query] = path.split('?');
  if (query === undefined) return true;
  const taken = queries.get(bare) ?? 0;
  queries.set(bare, taken + 1);
  return taken < QUERIES_A_PATH;
}

async function get(address, path) {
  const response = await fetch(address + path, { redirect: 'manual' });
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('content-type') ?? '';
  const isHtml = type.startsWith('text/html');
  const text = /^(text|application\/(json|xml|.*\+(xml|json)))/.test(type) ? bytes.toString('utf8') : '';
  const document = isHtml ? new JSDOM(text, { url: address + path }).window.document : undefined;
  return { path, status: response.status, isOk: response.status === 200, headers: response.headers, type, isHtml, text, bytes, document };
}

// Links of a page that stay within the edition, by whichever of its two origins they name it.
function links(page, address, base) {
  return [...page.document.querySelectorAll('a[href], link[href]')].flatMap((element) => {
    let url;
    try {
      url = new URL(element.getAttribute('href'), address + page.path);
    } catch {
      return [{ path: `unreadable: ${element.getAttribute('href')}`, fragment: '' }];
    }
    if (url.origin !== address && url.origin !== base) return [];
    return [{ path: url.pathname + url.search, fragment: decodeURIComponent(url.hash.slice(1)) }];
  });
}
