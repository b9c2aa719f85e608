// Comments and tracked changes in what Word puts on the clipboard, and comments in what Google Docs writes as a web page: made
// into marks that the paste takes in. Attributes are named as `plain` names them: `data-style` for `style`.
import { say } from './words';

// A comment of elsewhere, by the id of its place here.
export interface Note {
  id: string;
  /** The note that it answers. */
  thread: string | null;
  words: string;
  resolved: boolean;
}

const style = (element: Element) => element.getAttribute('data-style') ?? '';
const text = (element: Element) => (element.textContent ?? '').replace(/[\s\u00a0]+/g, ' ').trim();

// Takes the notes out of `body` and leaves their places. `suggests` says whether changes become suggestions; else what was added
// stays and what was struck goes.
export function notes(body: HTMLElement, suggests: boolean, name: () => string): Note[] {
  const tracked = changes(body, suggests, name);
  return [...word(body, name), ...docs(body, name), ...tracked];
}

function mark(element: HTMLElement, attributes: Record<string, string>): void {
  const span = document.createElement('span');
  for (const [key, value] of Object.entries(attributes)) span.setAttribute(key, value);
  span.append(...element.childNodes);
  element.append(span);
}

interface Said {
  number: string;
  author: string;
  words: string;
}

// The list of comments at the end of what Word gives.
function saidIn(body: HTMLElement): Said[] {
  const out: Said[] = [];
  for (const [at, one] of [...body.querySelectorAll<HTMLElement>('[data-style*="mso-element:comment"]')].filter((each) => !/mso-element:\s*comment-list/.test(style(each))).entries()) {
    const number = /_msocom_(\d+)/.exec(one.querySelector('a[name^="_msocom_"]')?.getAttribute('name') ?? '')?.[1] ?? String(at + 1);
    const author = /mso-comment-author:\s*"([^"]*)"/.exec(style(one.querySelector('[data-style*="mso-comment-author"]') ?? one))?.[1] ?? '';
    const paragraphs = [...one.querySelectorAll<HTMLElement>('p')];
    for (const paragraph of paragraphs) paragraph.querySelectorAll('.MsoCommentReference, a[href^="#_msoanchor"]').forEach((each) => each.remove());
    out.push({ number, author, words: paragraphs.map(text).filter(Boolean).join('\n') });
    one.remove();
  }
  return out;
}

const REFERENCE = /mso-comment-reference:\s*\S*?_(\d+)/;

function word(body: HTMLElement, name: () => string): Note[] {
  const said = saidIn(body);
  if (said.length === 0) return [];
  const references = [...body.querySelectorAll<HTMLElement>('[data-style*="mso-comment-reference"]')];
  const styles = new Map(references.map((one) => [REFERENCE.exec(style(one))?.[1] ?? '', style(one)]));
  const names = new Map(said.map(({ number }) => [number, name()]));
  const parentOf = (number: string) => /mso-comment-parent:\s*(\d+)/.exec(styles.get(number) ?? '')?.[1] ?? '';
  const goesOn = [...body.querySelectorAll<HTMLElement>('[data-style*="mso-comment-continuation"]')].map((one): [HTMLElement, string] => [one, /mso-comment-continuation:\s*(\d+)/.exec(style(one))?.[1] ?? '']);
  for (const one of references) {
    const number = REFERENCE.exec(style(one))?.[1] ?? '';
    const id = names.get(number);
    if (!id || names.has(parentOf(number))) continue;
    const isSign = /^(\[\S+\])?$/.test(text(one));
    if (!isSign) mark(one, { 'data-comment': id });
    else if (!goesOn.some(([, other]) => other === number)) before(one, id);
  }
  for (const [one, number] of goesOn) {
    const id = names.get(number);
    if (id && !names.has(parentOf(number))) mark(one, { 'data-comment': id });
  }
  return said.map(({ number, author, words }) => ({
    id: names.get(number) ?? name(),
    thread: names.get(parentOf(number)) ?? null,
    words: say('wrote', author || say('somebody'), 'Word', words),
    resolved: /mso-comment-done:\s*yes/.test(styles.get(number) ?? ''),
  }));
}

// A web page that Google Docs has written has a sign behind the words of each comment, and what was said at its end. Who said it is
// not there, nor where the words begin.
function docs(body: HTMLElement, name: () => string): Note[] {
  const out: Note[] = [];
  for (const sign of body.querySelectorAll<HTMLElement>('a[href^="#cmnt"][id^="cmnt_ref"]')) {
    const target = sign.getAttribute('href')?.slice(1) ?? '';
    const back = [...body.querySelectorAll<HTMLElement>('a[id^="cmnt"]')].find((one) => one.id === target);
    const box = back?.closest<HTMLElement>('div') ?? back?.closest<HTMLElement>('p');
    if (!back || !box || box.contains(sign)) continue;
    back.remove();
    const words = [...(box.tagName === 'DIV' ? box.querySelectorAll('p') : [box])].map(text).filter(Boolean).join('\n');
    box.remove();
    const id = name();
    before(sign, id);
    out.push({ id, thread: null, words: say('wroteIn', 'Google Docs', words), resolved: false });
  }
  return out;
}

const BLOCKS = 'p, li, td, th, h1, h2, h3, h4, h5, h6, blockquote, div';

// Puts the place of a note on the words before its sign, from the beginning of their sentence.
function before(sign: HTMLElement, id: string): void {
  const block = sign.closest(BLOCKS);
  if (!block) return;
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const all: Text[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    if (!(sign.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING)) break;
    if (!/^\[\w+\]$/.test(node.data)) all.push(node);
  }
  for (const [at, node] of all.reverse().entries()) {
    // What ends right before the sign is the sentence that is meant.
    const ends = [...(at === 0 ? node.data.trimEnd() : node.data).matchAll(/[.!?۔؟]["”’»)]*\s+/gu)].at(-1);
    const start = ends ? ends.index + ends[0].length : 0;
    if (start > 0 && start === node.data.length) break;
    const part = start > 0 ? node.splitText(start) : node;
    if (part.data.trim()) {
      const span = document.createElement('span');
      span.setAttribute('data-comment', id);
      part.replaceWith(span);
      span.append(part);
    }
    if (start > 0) break;
  }
}

function author(element: Element): string {
  const cite = element.getAttribute('cite') ?? '';
  try {
    return decodeURIComponent(cite.replace(/^mailto:/, '')).trim();
  } catch {
    return cite.replace(/^mailto:/, '').trim();
  }
}

// What Word tracks as added or struck. A suggestion has no room for whose it was there: one comment for each of them says it.
function changes(body: HTMLElement, suggests: boolean, name: () => string): Note[] {
  const tracked = [...body.querySelectorAll<HTMLElement>('ins, del')].filter((one) => one.hasAttribute('cite') || one.hasAttribute('datetime') || one.closest('.msoIns, .msoDel'));
  const groups: string[] = [];
  const authors = new Map<string, string>();
  for (const one of tracked) {
    const isStruck = one.tagName === 'DEL';
    if (!suggests) {
      if (isStruck) one.remove();
      continue;
    }
    const who = author(one);
    const group = `${who} ${one.getAttribute('datetime') ?? ''}`;
    if (groups.at(-1) !== group) groups.push(group);
    if (who && !authors.has(who)) authors.set(who, name());
    const span = document.createElement('span');
    span.setAttribute('data-pasted', isStruck ? 'struck' : 'added');
    span.setAttribute('data-at', String(groups.length));
    span.append(...one.childNodes);
    one.replaceWith(span);
    const id = authors.get(who);
    if (id) mark(span, { 'data-comment': id });
  }
  return [...authors].map(([who, id]) => ({ id, thread: null, words: say('suggestedIn', who, 'Word'), resolved: false }));
}
