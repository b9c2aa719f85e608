// What Google Docs and Word put on the clipboard, made plain HTML: structure, comments and tracked changes stay, the rest goes.
import { address } from './address';
import { notes, type Note } from './paste-notes';

const GONE = 'script, style, meta, link, title, xml, o\\:p, del, template, iframe, object, svg, math, button, input, select, textarea, audio, video';

export interface Plain {
  html: string;
  /** Comments that came along. */
  notes: Note[];
}

// How comments and tracked changes are taken.
export interface Taking {
  /** Changes become suggestions. */
  suggests: boolean;
  /** An id for a comment's place; null where nobody can comment. */
  name: (() => string) | null;
}

// Plain HTML of what was pasted.
export function plain(given: string, { suggests, name }: Taking): Plain {
  const html = classes(given);
  // Word's list numbers stand in conditional comments that browsers take for comments.
  const whole = html.replace(/<!--\[if !supportLists\]-->|<!\[if !supportLists\]>|<!--\[endif\]-->|<!\[endif\]>/g, '').replace(/<\/?o:p[^>]*>|<style[^>]*>[^]*?<\/style>/gi, '');
  // Styles and handlers are read under other names, because the page's policy complains of them even where they do nothing.
  const inert = whole.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)(style|on\w+)(\s*=)/gi, '$1data-$2$3'));
  const body = new DOMParser().parseFromString(inert, 'text/html').body;
  if (body.querySelector('[data-pm-slice]')) return { html, notes: [] };
  // No page says by itself what is a comment here.
  for (const element of body.querySelectorAll('[data-comment], [data-pasted]')) for (const name of ['data-comment', 'data-pasted']) element.removeAttribute(name);
  const found = name ? notes(body, suggests, name) : [];
  body.querySelectorAll(GONE).forEach((element) => element.remove());
  comments(body);
  wordNotes(body);
  wordLists(body);
  for (const element of body.querySelectorAll<HTMLElement>('*')) tidy(element);
  spacing(body);
  body.querySelectorAll('table').forEach(rows);
  return { html: body.innerHTML, notes: found };
}

// A web page of Google Docs says by classes what is bold and italic.
function classes(html: string): string {
  const rules = new Map([...html.matchAll(/\.(c\d+)\{([^{}]*)\}/g)].map(([, name = '', rule = '']) => [name, (rule.match(/font-(?:weight|style):[^;]*/g) ?? []).join(';')]));
  if (rules.size === 0) return html;
  return html.replace(/<span class="((?:c\d+ ?)+)"/g, (tag, names: string) => {
    const said = names.split(' ').map((name) => rules.get(name) ?? '').filter(Boolean).join(';').replace(/["<>]/g, '');
    return said ? `${tag} style="${said}"` : tag;
  });
}

function comments(body: HTMLElement): void {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  found.forEach((node) => node.parentNode?.removeChild(node));
}

// Remarks, footnote marks and what is hidden: for the writers, not for the text.
function wordNotes(body: HTMLElement): void {
  const notes = '.MsoCommentReference, .MsoCommentText, [data-style*="mso-element:comment"], [data-style*="mso-hide:all"], [data-style*="display:none"], [data-style*="display: none"], a[href^="#cmnt"], a[href^="#_msocom"], a[name^="_msoanchor"], sup:has(a[href^="#ftnt"])';
  body.querySelectorAll(notes).forEach((element) => element.remove());
}

interface Level {
  list: HTMLElement;
  level: number;
}

// Word's lists are paragraphs that say which level they are of; the sign or number before the words says which kind.
function wordLists(body: HTMLElement): void {
  let open: Level[] = [];
  let last: Element | null = null;
  let name = '';
  for (const paragraph of body.querySelectorAll<HTMLElement>('p[data-style*="mso-list"], p.MsoListParagraph, p.MsoListParagraphCxSpFirst, p.MsoListParagraphCxSpMiddle, p.MsoListParagraphCxSpLast')) {
    const said = /mso-list:\s*(\S+)\s+level(\d+)/.exec(paragraph.getAttribute('data-style') ?? '');
    if (!said) continue;
    const level = Math.min(9, Number(said[2]));
    const sign = paragraph.querySelector<HTMLElement>('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]');
    const shown = (sign?.textContent ?? '').replace(/[\s\u00a0]+/g, '');
    sign?.remove();
    if (paragraph.previousElementSibling !== last || (name !== said[1] && level === 1)) open = [];
    name = said[1] ?? '';
    while (open.length > 0 && (open.at(-1)?.level ?? 0) > level) open.pop();
    if ((open.at(-1)?.level ?? 0) < level) {
      const list = document.createElement(/^[(]?[\p{N}a-zA-Z]{1,4}[.)]/u.test(shown) ? 'ol' : 'ul');
      const start = /^\d+/.exec(shown)?.[0];
      if (start && list.tagName === 'OL') list.setAttribute('start', start);
      const around = open.at(-1)?.list.lastElementChild;
      if (around) around.append(list);
      else paragraph.before(list);
      open.push({ list, level });
    }
    const item = document.createElement('li');
    open.at(-1)?.list.append(item);
    item.append(paragraph);
    last = open[0]?.list ?? null;
  }
}

// What makes a span more than its look.
const MEANT = ['data-items', 'data-comment', 'data-pasted'];

// Of styles only bold and italics stay, as marks; of attributes only those that mean something here.
function tidy(element: HTMLElement): void {
  const style = element.getAttribute('data-style') ?? '';
  const strong = /(?<![-\w])font-weight:\s*(bold|[6-9]\d\d)/.test(style);
  const em = /(?<![-\w])font-style:\s*italic/.test(style);
  const upright = element.tagName === 'B' && /(?<![-\w])font-weight:\s*(normal|[1-5]00)/.test(style);
  for (const { name } of [...element.attributes]) {
    if (!['href', 'start', 'src', 'alt', 'title', 'colspan', 'data-items', 'data-comment', 'data-pasted', 'data-at'].includes(name)) element.removeAttribute(name);
  }
  if (element.tagName === 'A') link(element as HTMLAnchorElement);
  if (element.tagName === 'IMG') return void picture(element);
  if (upright) return unwrap(element);
  if (/^(SPAN|FONT|INS|U|CENTER)$/.test(element.tagName)) {
    if (strong) wrapContent(element, 'strong');
    if (em) wrapContent(element, 'em');
    if (!MEANT.some((name) => element.hasAttribute(name))) unwrap(element);
  }
}

function link(element: HTMLAnchorElement): void {
  const given = element.getAttribute('href') ?? '';
  const docs = /^https:\/\/www\.google\.com\/url\?(.*)$/.exec(given)?.[1];
  const href = address((docs && new URLSearchParams(docs).get('q')) || given);
  if (href === null) unwrap(element);
  else element.setAttribute('href', href);
}

// A picture's bytes are not taken from the clipboard; what it shows is kept as words where it stood.
function picture(element: HTMLElement): void {
  const alt = element.getAttribute('alt')?.trim();
  element.replaceWith(alt ? document.createTextNode(`[${alt}]`) : '');
}

function unwrap(element: HTMLElement): void {
  element.replaceWith(...element.childNodes);
}

function wrapContent(element: HTMLElement, tag: string): void {
  if (!element.textContent?.trim()) return;
  const made = document.createElement(tag);
  made.append(...element.childNodes);
  element.append(made);
}

// Empty paragraphs and line breaks between blocks are the page's affair, and a heading is bold by itself.
function spacing(body: HTMLElement): void {
  body.querySelectorAll<HTMLElement>(':is(h1, h2, h3, h4, h5, h6, th) :is(b, strong)').forEach(unwrap);
  for (const paragraph of body.querySelectorAll('p')) {
    if (!paragraph.textContent?.replace(/[\s\u00a0]/g, '') && !paragraph.closest('li, td, th')) paragraph.remove();
  }
  for (const br of body.querySelectorAll('br')) if (br.parentElement === body) br.remove();
}

// An article's cells hold running text, and its rows are of one length.
function rows(table: HTMLTableElement): void {
  const made = [...table.rows].filter((row) => row.closest('table') === table).map((row) => [...row.cells].flatMap((cell) => [cell, ...Array.from({ length: Math.min(99, cell.colSpan - 1) }, () => document.createElement('td'))]));
  for (const cell of made.flat()) {
    for (const inner of cell.querySelectorAll<HTMLElement>('p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, pre, table, tbody, tr, td, th, br')) {
      if (inner.previousSibling || inner.tagName === 'BR') inner.before(' ');
      unwrap(inner);
    }
    cell.removeAttribute('colspan');
  }
  const width = Math.min(100, Math.max(1, ...made.map((cells) => cells.length)));
  const body = document.createElement('tbody');
  for (const cells of made) {
    const row = document.createElement('tr');
    row.append(...cells.slice(0, width), ...Array.from({ length: Math.max(0, width - cells.length) }, () => document.createElement('td')));
    body.append(row);
  }
  table.replaceChildren(body);
}
