// The editor of a draft whose server knows steps: several people write in it at once; docs/editor.md has the contract.
import { element } from './ask';
import { asides, BRING } from './asides';
import { lacking } from './bring-in';
import { citeFrom, type Reference } from './cite';
import { device, type Device } from './device';
import { read, write } from './document';
import { edit, type Editor } from './editor';
import { difference } from './jump';
import { others, seen } from './others';
import { rescue } from './rescue';
import { isKept, keyOf, Room, type Desk, type Heard, type Kept, type News, type Other } from './room';
import type { Saying } from './book';
import type { Clock, State } from './saving';
import { Talking, type Took } from './talking';
import { AS_IS, together, versionOf } from './together';
import { nameOf, writerOf } from './who';
import { say, type Word } from './words';

export interface Opened {
  version: number;
  document: unknown;
  references?: Reference[];
  together?: boolean;
}

const LENGTHS = { headline: 100, standfirst: 300, paragraph: 120 };
const STATES: Record<State, Word> = {
  saved: 'saved',
  saving: 'saving',
  device: 'device',
  offline: 'offline',
  'signed-out': 'signedOut',
  refused: 'refused',
};

const JSON_TYPE = { accept: 'application/json', 'content-type': 'application/json' };

const clock: Clock = {
  now: () => Date.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

// The session's token, as every form of the page has it.
export interface Token {
  now: () => string;
  is: (token: string) => void;
}

// Whoever signs in anew in another tab goes on in this one with all of its forms.
export const tokenOf = (area: HTMLTextAreaElement): Token => ({
  now: () => (area.form?.elements.namedItem('token') as HTMLInputElement | null)?.value ?? '',
  is: (token) => document.querySelectorAll<HTMLInputElement>('input[name="token"]').forEach((input) => (input.value = token)),
});

// Longer than the server keeps an answer back for want of news.
const NEWS_MS = 40_000;
const SEND_MS = 30_000;
const MOVE_MS = 700;
// What browsers send after a page is gone.
const MOST_CLOSING = 60_000;

// The address of a draft's document has those of its steps, news and presence beside it.
const beside = (place: string, what: string) => place.replace(/[^/]+$/, what);

class Line implements Desk {
  private me: string | null = null;
  private asked = new AbortController();

  constructor(
    private readonly place: string,
    private readonly writer: string,
    private readonly token: Token,
  ) {}

  async send({ version, writer, steps, document }: { version: number; writer: string; steps: unknown[]; document: string }, closing: boolean): Promise<Heard> {
    const body = `{"version":${version},"writer":"${writer}","steps":${JSON.stringify(steps)},"document":${document}}`;
    const keepalive = closing && body.length < MOST_CLOSING;
    return this.heard(await fetch(beside(this.place, 'steps'), { ...this.put(body), keepalive, signal: AbortSignal.timeout(SEND_MS) }));
  }

  async news(after: number, number: number, said: number | null): Promise<Heard> {
    this.asked = new AbortController();
    const query = `after=${after}&seen=${number}&writer=${this.writer}${said === null ? '' : `&said=${said}`}`;
    const signal = AbortSignal.any?.([this.asked.signal, AbortSignal.timeout(NEWS_MS)]) ?? this.asked.signal;
    return this.heard(await fetch(`${beside(this.place, 'news')}?${query}`, { headers: { accept: 'application/json' }, credentials: 'same-origin', signal }));
  }

  hush(): void {
    this.asked.abort();
  }

  async whole(): Promise<Opened | null> {
    const response = await fetch(this.place, { headers: { accept: 'application/json' }, credentials: 'same-origin' });
    return response.ok ? ((await response.json()) as Opened) : null;
  }

  // Tells the server what was said.
  async post(saying: Saying): Promise<Took> {
    const { id } = saying;
    const told = saying.is === 'resolve' ? { id, resolved: saying.resolved } : { id, words: saying.words, ...(saying.thread ? { thread: saying.thread } : { quote: saying.quote }) };
    const response = await fetch(beside(this.place, 'comments'), { ...this.put(JSON.stringify(told)), signal: AbortSignal.timeout(SEND_MS) });
    if (response.status === 401 || response.status === 403 || response.redirected) return { is: 'signed-out' };
    if (response.status >= 500 || response.status === 429) return { is: 'away' };
    if (response.ok) return { is: 'kept' };
    const { message } = (await response.json().catch(() => ({}))) as { message?: string };
    return { is: 'refused', message: message ?? String(response.status) };
  }

  // Tells where the caret is; without a place, that the tab is closed.
  here(place: { version: number; anchor: number; head: number } | null): void {
    const body = JSON.stringify({ writer: this.writer, ...place });
    void fetch(beside(this.place, 'here'), { ...this.put(body), keepalive: place === null }).catch(() => undefined);
  }

  private put(body: string): RequestInit {
    return { method: 'PUT', headers: { ...JSON_TYPE, 'x-form-token': this.token.now() }, body, credentials: 'same-origin' };
  }

  private async heard(response: Response): Promise<Heard> {
    if (response.status === 401 || response.status === 403 || response.redirected) return { is: 'signed-out' };
    if (response.status >= 500 || response.status === 429) return { is: 'away' };
    const answer = (await response.json()) as Partial<News> & { message?: string; token?: string; me?: string };
    if (answer.token && answer.me) {
      // Whoever signs in again in another tab has another token here; somebody else's name is not put under these words.
      this.me ??= answer.me;
      if (this.me !== answer.me) return { is: 'signed-out' };
      this.token.is(answer.token);
    }
    if ((response.ok || response.status === 409) && answer.steps) return { is: 'news', news: answer as News };
    if (response.ok && typeof answer.version === 'number') return { is: 'kept', version: answer.version };
    return { is: 'refused', message: answer.message ?? String(response.status) };
  }
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function hash(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

// Holds a lock as long as the tab is open, by which other tabs know that it is.
function hold(key: string): void {
  void navigator.locks?.request(key, () => new Promise(() => undefined)).catch(() => undefined);
}

// What closed or killed tabs of this browser left behind, and no open one holds.
async function leftBehind(place: string, own: Device): Promise<[string, Kept][]> {
  const held = new Set(((await navigator.locks?.query())?.held ?? []).map(({ name }) => name));
  const all: [string, Kept][] = [];
  for (const key of await own.places(keyOf(place, ''))) {
    const copy = held.has(key) || key.includes('#aside-') ? null : await own.get(key);
    if (isKept(copy)) all.push([key, copy]);
  }
  return all;
}

// That goes to the server, and from there into the open text as anybody's words do. Gives the version in which the server has
// it, and tells until when what it did not take lies aside.
async function rescued(place: string, token: Token, own: Device, behind: [string, Kept][], aside: (until: Date) => void): Promise<number> {
  let version = 0;
  let left: Date | null = null;
  for (const [key, copy] of behind) {
    const desk = new Line(place, copy.writer, token);
    const taken = await rescue(copy, { place, desk, device: own, clock }).catch(() => null);
    if (taken === null) left = await own.aside(place, copy);
    else version = Math.max(version, taken);
    await own.drop(key);
  }
  if (left) aside(left);
  return version;
}

// Says who else has the draft open.
function company(editor: Editor): (list: readonly Other[]) => void {
  const line = element('p', { class: 'company', 'aria-live': 'polite', hidden: '' });
  editor.dom.querySelector('.below')?.append(line);
  let last = '';
  return (list) => {
    const names = [...new Set(list.map(({ name }) => name))].sort();
    const now = names.join('\n');
    if (now === last) return;
    last = now;
    line.hidden = names.length === 0;
    line.replaceChildren(`${say('company')} `, ...names.flatMap((name, at) => [...(at > 0 ? [say('comma')] : []), element('bdi', { dir: 'auto' }, name)]));
  };
}

const visible = (): Promise<void> =>
  new Promise((done) => {
    if (document.visibilityState === 'visible') return done();
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', look);
      done();
    };
    document.addEventListener('visibilitychange', look);
  });

// Tells of texts of this draft that lie aside on this device, and brings one in where the address asks for it: at the end, so
// that nothing goes for it.
async function lying(area: HTMLTextAreaElement, editor: Editor, room: Room, own: Device, place: string): Promise<void> {
  const all = await asides(own, `${place}#`);
  if (all.length === 0) return;
  const href = area.dataset['asides'];
  if (href) editor.dom.querySelector('.below')?.append(element('p', { class: 'lying' }, [element('a', { href }, say('asides', all.length))]));
  const key = location.hash.startsWith(BRING) ? decodeURIComponent(location.hash.slice(BRING.length)) : '';
  const one = all.find((aside) => aside.key === key);
  if (!one) return;
  history.replaceState(null, '', location.pathname + location.search);
  const { view } = editor;
  const more = lacking(view.state.doc, read(JSON.parse(one.copy.document)));
  if (more.length > 0) view.dispatch(view.state.tr.insert(view.state.doc.content.size, more).setMeta(AS_IS, true));
  const drop = () => void room.flush().then((sent) => (sent ? own.drop(key) : undefined));
  editor.question(say(more.length > 0 ? 'broughtIn' : 'broughtNothing'), [
    [say('dropAside'), drop],
    [say('keepAside'), () => undefined],
  ]);
}

// Opens the editor on what the server has; `take` puts it into the page.
export async function live(area: HTMLTextAreaElement, place: string, opened: Opened, take: (editor: Editor, room: Room) => void): Promise<void> {
  const token = tokenOf(area);
  const writer = hex(crypto.getRandomValues(new Uint8Array(16)));
  const line = new Line(place, writer, token);
  const own = await device();
  let references = opened.references ?? [];
  citeFrom(() => references);
  area.addEventListener('ovn:references', (event) => (references = (event as CustomEvent<Reference[]>).detail));
  hold(keyOf(place, writer));
  const behind = await leftBehind(place, own);

  const doc = read(opened.document);
  const plugins = (version: number) => [together(version), others()];
  const me = writerOf(area);
  const talk = new Talking({ place, writer, me: { by: me, name: nameOf(me) }, post: line, device: own, clock, id: () => `c${hex(crypto.getRandomValues(new Uint8Array(12)))}` });
  const editor = edit({ doc, writer: me, talk, lengths: LENGTHS, plugins: plugins(opened.version), changed: () => room.changed(), moved: () => move(), save: () => void room.flush() });
  const meet = company(editor);
  const { view } = editor;
  const aside = (until: Date) => editor.question(say('aside', until.toLocaleDateString()), [[say('ok'), () => undefined]]);
  const room = new Room({
    place,
    writer,
    desk: line,
    device: own,
    clock,
    hash,
    host: {
      state: () => view.state,
      dispatch: (tr) => view.dispatch(tr),
      rebuild: (next, version) => editor.load(next, plugins(version)),
      composing: () => view.composing,
    },
    tell: (state, message) => editor.tell(message ? say(STATES[state], message) : say(STATES[state]), !['saved', 'saving', 'device'].includes(state)),
    aside,
    references: (list) => (references = list),
    talk,
    others: (list) => {
      meet(list);
      view.dispatch(seen(view.state, list));
      alone = list.length === 0;
      if (!alone) move();
    },
  });
  let alone = true;
  let told = '';
  let due = false;
  // Where the caret is, for others, when the server has the text in which it is there.
  const move = () => {
    if (alone || due) return;
    due = true;
    setTimeout(() => {
      due = false;
      if (room.open) return move();
      const { anchor, head } = view.state.selection;
      const now = { version: versionOf(view.state), anchor, head };
      if (`${anchor} ${head}` === told || !view.hasFocus()) return;
      told = `${anchor} ${head}`;
      line.here(now);
    }, MOVE_MS);
  };
  editor.tell(own.lasting ? say('saved') : say('noDevice'), !own.lasting);

  // A whole text that an editor of before has left here.
  const copy = await own.get(place);
  if (copy && copy.document !== write(doc)) {
    const use = () => {
      const { tr } = view.state;
      for (const step of difference(tr.doc, read(JSON.parse(copy.document)))) tr.step(step);
      view.dispatch(tr.setMeta(AS_IS, true));
      void room.flush().then((sent) => (sent ? own.drop(place) : undefined));
    };
    editor.question(say('newer'), [
      [say('useDevice'), use],
      [say('dropDevice'), () => void own.aside(place, copy).then((until) => (editor.tell(say('aside', until.toLocaleDateString())), own.drop(place)))],
    ]);
  } else if (copy) {
    await own.drop(place);
  }

  take(editor, room);
  if (behind.length > 0) room.behind(rescued(place, token, own, behind, aside).catch(() => 0));
  await lying(area, editor, room, own, place);
  window.addEventListener('offline', () => line.hush());
  window.addEventListener('pagehide', () => line.here(null));
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? line.hush() : room.online()));
  void talk.rescue();
  void room.listen(visible);
}
