// Takes the place of every text area that names where its document is; docs/editor.md describes the contract.
import { listAsides } from './asides';
import type { Reference } from './cite';
import { live, tokenOf, type Opened } from './live';
import { sender, takePictures } from './pictures';
import type { Room } from './room';
import { takeFiles } from './source-file';
import { speak } from './words';

async function take(area: HTMLTextAreaElement, place: string): Promise<void> {
  const response = await fetch(place, { headers: { accept: 'application/json' }, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${place} answered ${response.status}`);
  const opened = (await response.json()) as Opened;
  const pictures = area.dataset['pictures'];
  const token = tokenOf(area).now;
  if (pictures) takePictures(new URL(pictures, document.baseURI).pathname, sender(pictures, token));
  const files = area.dataset['sources'];
  if (files) {
    const kinds = JSON.parse(area.dataset['kinds'] ?? '[]') as [string, string][];
    const told = (list: Reference[]) => area.dispatchEvent(new CustomEvent('ovn:references', { detail: list }));
    takeFiles({ place: new URL(files, document.baseURI).pathname, token, kinds, told });
  }
  await live(area, place, opened, (editor, room) => {
    show(area, editor.dom);
    listen(area, room);
  });
}

// What the page says around the text was true when it was opened: the headline above follows the one that is written, and the
// desk's questions say of which text they are.
function follow(dom: HTMLElement): void {
  const sheet = dom.querySelector('.ProseMirror');
  if (!sheet) return;
  const before = sheet.textContent;
  const title = document.querySelector<HTMLElement>('h1[data-empty]');
  const stale = document.querySelector<HTMLElement>('[data-stale]');
  let due = false;
  const look = () => {
    due = false;
    if (title) title.textContent = sheet.querySelector('h1')?.textContent?.trim() || (title.dataset['empty'] ?? '');
    if (stale && sheet.textContent !== before) stale.hidden = false;
  };
  new MutationObserver(() => {
    if (due) return;
    due = true;
    setTimeout(look, 400);
  }).observe(sheet, { subtree: true, childList: true, characterData: true });
}

// The text area stays in the page, unseen and unsent.
function show(area: HTMLTextAreaElement, dom: HTMLElement): void {
  follow(dom);
  area.hidden = true;
  area.disabled = true;
  area.before(dom);
  // What explains the plain form goes, and what the plain form has in its text gets a form of its own.
  for (const plain of area.form?.querySelectorAll<HTMLElement>('[data-plain]') ?? []) plain.hidden = true;
  for (const beside of document.querySelectorAll<HTMLElement>('[data-with-editor]')) beside.hidden = false;
}

// The text area's own form saves here. Every other form of the page that names a version is about what the server has: so
// first it must have it, and then the form names that version.
function listen(area: HTMLTextAreaElement, saver: Room): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    const version = form.elements.namedItem('version');
    if (form === area.form) {
      event.preventDefault();
      void saver.flush();
    } else if (version instanceof HTMLInputElement && saver.open) {
      event.preventDefault();
      const { submitter } = event;
      void saver.flush().then((saved) => saved && form.requestSubmit(submitter));
    } else if (version instanceof HTMLInputElement) {
      version.value = String(saver.at);
    }
  });
  window.addEventListener('online', () => saver.online());
  window.addEventListener('pagehide', () => saver.closing());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && saver.closing());
  window.addEventListener('beforeunload', (event) => {
    if (saver.open) event.preventDefault();
  });
}

speak(document.documentElement.lang || 'en');
for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-document]')) {
  // Whatever goes wrong, the plain form is there and works.
  take(area, new URL(area.dataset['document'] ?? '', document.baseURI).pathname).catch((error: unknown) => console.warn('The editor did not start; the plain form stands.', error));
}
const list = document.querySelector<HTMLElement>('[data-lying]');
if (list) void listAsides(list);
