// Takes the place of every text area that names where its document is; docs/editor.md describes the contract.
import { citeFrom, type Reference } from './cite';
import { device } from './device';
import { read, write } from './document';
import { edit } from './editor';
import { clock, JSON_TYPE, LENGTHS, live, STATES, tokenOf, type Keeper, type Opened } from './live';
import { sender, takePictures } from './pictures';
import { Saver, type Reply, type Server } from './save';
import { writerOf } from './who';
import { say, speak } from './words';

// The document in its one spelling, whichever the server used.
const spell = (document: unknown) => write(read(document));

function server(place: string, token: () => string): Server {
  return {
    put: async (version, document, closing): Promise<Reply> => {
      const response = await fetch(place, { method: 'PUT', headers: { ...JSON_TYPE, 'x-form-token': token() }, body: `{"version":${version},"document":${document}}`, credentials: 'same-origin', keepalive: closing && document.length < 60_000 });
      if (response.status === 401 || response.status === 403 || response.redirected) return { is: 'signed-out' };
      if (response.status >= 500 || response.status === 429) return { is: 'away' };
      const answer = (await response.json()) as { version?: number; document?: unknown; message?: string };
      if (response.ok && typeof answer.version === 'number') return { is: 'saved', version: answer.version };
      if (response.status === 409 && typeof answer.version === 'number') return { is: 'conflict', theirs: { version: answer.version, document: spell(answer.document) } };
      return { is: 'refused', message: answer.message ?? String(response.status) };
    },
  };
}

async function take(area: HTMLTextAreaElement, place: string): Promise<void> {
  const response = await fetch(place, { headers: { accept: 'application/json' }, credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${place} answered ${response.status}`);
  const opened = (await response.json()) as Opened;
  const token = tokenOf(area).now;
  const pictures = area.dataset['pictures'];
  if (pictures) takePictures(new URL(pictures, document.baseURI).pathname, sender(pictures, token));
  if (opened.together) {
    return live(area, place, opened, (editor, keeper) => {
      show(area, editor.dom);
      listen(area, keeper);
    });
  }
  const doc = read(opened.document);
  const own = await device();
  let references = opened.references ?? [];
  citeFrom(() => references);
  // Sources are added on the page around the editor, which tells of them.
  area.addEventListener('ovn:references', (event) => (references = (event as CustomEvent<Reference[]>).detail));

  const editor = edit({ doc, writer: writerOf(area), lengths: LENGTHS, changed: (now) => saver.changed(write(now)), save: () => void saver.flush() });
  const saver = new Saver({
    place,
    version: opened.version,
    document: write(doc),
    server: server(place, token),
    device: own,
    clock,
    tell: (state, message) => editor.tell(message ? say(STATES[state], message) : say(STATES[state]), !['saved', 'saving', 'device'].includes(state)),
    conflict: () =>
      editor.question(say('conflict'), [
        [say('keepMine'), () => void saver.keepMine()],
        [
          say('takeTheirs'),
          () =>
            void saver.takeTheirs().then((taken) => {
              if (!taken) return;
              editor.load(read(JSON.parse(taken.document)));
              editor.tell(say('aside', taken.until.toLocaleDateString()));
            }),
        ],
      ]),
  });
  editor.tell(own.lasting ? say('saved') : say('noDevice'), !own.lasting);

  const copy = await own.get(place);
  if (copy && copy.document !== write(doc)) {
    const use = () => {
      editor.load(read(JSON.parse(copy.document)));
      saver.changed(copy.document);
    };
    // Made from what the server still has: nothing to ask.
    if (copy.version === opened.version) use();
    else editor.question(say('newer'), [[say('useDevice'), use], [say('dropDevice'), () => void own.aside(place, copy).then((until) => (editor.tell(say('aside', until.toLocaleDateString())), own.drop(place)))]]);
  } else if (copy) {
    await own.drop(place);
  }

  show(area, editor.dom);
  listen(area, saver);
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
function listen(area: HTMLTextAreaElement, saver: Keeper): void {
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
