// One writer's tab in a draft that several people may have open: own steps to the server, others' from it, and on this
// device whatever the server has not taken yet. Without network and clock of its own, so that a seed repeats a run.
import type { Node } from 'prosemirror-model';
import { EditorState, type Transaction } from 'prosemirror-state';
import { Step } from 'prosemirror-transform';
import type { Talk } from './book';
import type { Reference } from './cite';
import type { Copy, Device } from './device';
import { read, write } from './document';
import { jump } from './jump';
import type { Clock, State } from './saving';
import { schema } from './schema';
import { arriving, keepable, receive, sendable, versionOf, type Ordered } from './together';

export interface Place {
  version: number;
  anchor: number;
  head: number;
}

// Another open tab of the draft.
export interface Other {
  writer: string;
  name: string;
  place: Place | null;
}

export interface News {
  version: number;
  hash: string;
  steps: Ordered[];
  /** The newest document, where more happened than these steps. */
  document?: unknown;
  references?: Reference[];
  number?: number;
  here?: Other[];
  /** What was said since the number that was asked with. */
  comments?: Talk;
}

export type Heard =
  | { is: 'kept'; version: number }
  | { is: 'news'; news: News }
  | { is: 'signed-out' }
  | { is: 'refused'; message: string }
  | { is: 'away' };

export interface List {
  version: number;
  writer: string;
  steps: unknown[];
  document: string;
}

export interface Desk {
  send(list: List, closing: boolean): Promise<Heard>;
  /** Comes back when there is something that this writer has not heard, or after a while. */
  news(after: number, seen: number, said: number | null): Promise<Heard>;
  /** Ends a question for news that is under way. */
  hush(): void;
  /** The newest document with its version, from the start. */
  whole(): Promise<{ version: number; document: unknown } | null>;
}

// What a device keeps of a tab: the server's document, and the steps that it lacks.
export interface Kept extends Copy {
  base: string;
  steps: unknown[];
  writer: string;
}

export interface Host {
  state(): EditorState;
  dispatch(tr: Transaction): void;
  /** Begins anew on another document. */
  rebuild(doc: Node, version: number): void;
  composing(): boolean;
}

export interface Options {
  place: string;
  writer: string;
  host: Host;
  desk: Desk;
  device: Device;
  clock: Clock;
  hash(text: string): Promise<string>;
  tell(state: State, message: string): void;
  /** The own text lies aside on this device until then, because the server has another of that version. */
  aside(until: Date): void;
  references(list: Reference[]): void;
  others(list: readonly Other[]): void;
  /** What people say beside the text. */
  talk?: { readonly number: number; hear(talk: Talk): void; online(): void };
}

// Rest of the keys after which steps are sent, and the longest wait for one: alone, and with others in the draft.
const ALONE = { idle: 1500, most: 20_000 };
const WITH_OTHERS = { idle: 250, most: 1000 };
const AGAIN_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
// Between two questions for news, so that a burst of them is one.
const BREATH_MS = 100;
// Most steps in one list, and how often others may come first before the keys are heard again.
const MOST_STEPS = 1000;
const TRIES = 20;

export const keyOf = (place: string, writer: string) => `${place}#tab-${writer}`;

export function isKept(copy: Copy | null): copy is Kept {
  const kept = copy as Partial<Kept> | null;
  return typeof kept?.base === 'string' && typeof kept.writer === 'string' && Array.isArray(kept.steps);
}

export class Room {
  private state: State = 'saved';
  private busy = false;
  private sending: Promise<void> = Promise.resolve();
  private failed = 0;
  private waiting: (() => void) | null = null;
  private since: number | null = null;
  private writing = false;
  private unwritten = false;
  private keeping: Promise<void> = Promise.resolve();
  /** The version on which the steps stand that are on the device. */
  private keptAt = -1;
  /** The version in which the server has what other tabs left behind. */
  private due = 0;
  private number = 0;
  private many = false;
  private asking = false;
  private over = false;
  private wake: (() => void) | null = null;

  constructor(private readonly to: Options) {}

  get at(): number {
    return versionOf(this.to.host.state());
  }

  // Whether the server lacks something.
  get open(): boolean {
    return sendable(this.to.host.state()) !== null;
  }

  // The document changed, by whomever.
  changed(): void {
    void this.keep();
    if (!this.open) return;
    const now = this.to.clock.now();
    this.since ??= now;
    if (!this.busy) this.enter(this.failed > 0 ? this.state : 'device');
    const { idle, most } = this.many ? WITH_OTHERS : ALONE;
    if (this.failed === 0) this.wait(Math.min(idle, Math.max(0, this.since + most - now)));
  }

  // What other tabs left behind is on its way to the server; nothing is called saved before the text has come to the version that
  // this gives.
  behind(work: Promise<number>): void {
    this.due = Infinity;
    this.enter('device');
    void work.then((version) => {
      this.due = version;
      if (this.state === 'device' && !this.open) this.enter('saved');
    });
  }

  // Sends at once; true when the server has everything. `closing` says that the tab may be gone before the answer comes.
  async flush(closing = false): Promise<boolean> {
    if (this.busy) {
      await this.sending;
      return this.open ? this.flush(closing) : true;
    }
    this.stop();
    if (!this.open) return true;
    this.busy = true;
    this.enter('saving');
    this.sending = this.send(closing);
    await this.sending;
    return !this.open;
  }

  private async send(closing: boolean): Promise<void> {
    for (let tries = 0; tries < TRIES; tries++) {
      // What is sent is on the device as it is sent: else a tab that is killed now could not tell later that the server has it.
      if (!closing) while (this.open && this.keptAt !== this.at && !this.over) await this.keep();
      const list = this.list();
      if (!list || this.over) break;
      const heard = await this.to.desk.send(list, closing).catch((): Heard => ({ is: 'away' }));
      if (this.over) return;
      if (heard.is === 'kept') {
        // Unless news were quicker than this answer.
        const rest = heard.version - this.at;
        this.take({ version: heard.version, hash: '', steps: list.steps.slice(-rest).map((step) => ({ step, writer: list.writer })) }, heard.version - rest, rest > 0);
        this.failed = 0;
        if (list.steps.length < MOST_STEPS) break;
      } else if (heard.is === 'news') {
        this.failed = 0;
        // A word that an input method still composes is not moved: the news come again.
        if (this.to.host.composing()) break;
        this.take(heard.news, list.version);
      } else {
        this.busy = false;
        return this.fail(heard);
      }
    }
    this.busy = false;
    this.since = null;
    if (!this.open) {
      this.stop();
      this.enter('saved');
      return this.keep();
    }
    this.enter('device');
    this.wait(this.many ? WITH_OTHERS.idle : ALONE.idle);
  }

  // What is sent next, with the document as it is after it.
  private list(): List | null {
    const own = sendable(this.to.host.state());
    if (!own) return null;
    const { writer } = this.to;
    if (own.steps.length <= MOST_STEPS) return { ...own, writer, document: write(this.to.host.state().doc) };
    const steps = own.steps.slice(0, MOST_STEPS);
    let { doc } = keepable(this.to.host.state());
    for (const step of steps) doc = Step.fromJSON(schema, step).apply(doc).doc ?? doc;
    return { version: own.version, writer, steps, document: write(doc) };
  }

  private fail(heard: { is: 'signed-out' } | { is: 'refused'; message: string } | { is: 'away' }): void {
    const ms = AGAIN_MS[Math.min(this.failed, AGAIN_MS.length - 1)] ?? 30_000;
    this.failed++;
    if (heard.is === 'signed-out') {
      // The question for news is of the session that has ended: one of now is answered at once.
      [this.asking, this.number] = [false, 0];
      this.to.desk.hush();
    }
    if (this.open) this.wait(ms);
    this.enter(heard.is === 'away' ? 'offline' : heard.is, heard.is === 'refused' ? heard.message : '');
  }

  // Takes in what happened after version `after`.
  private take(news: News, after: number, some = true): void {
    const { host, writer } = this.to;
    if (news.references) this.to.references(news.references);
    if (!some) return;
    const { at } = this;
    if (news.version < at) {
      // An old answer; or the server has gone back, which a restored backup does.
      if (after === at) void this.anew();
      return;
    }
    try {
      const steps = news.steps.slice(Math.max(0, at - after));
      if (news.document !== undefined && news.version > at + steps.length) steps.push(...jump(this.known(steps), read(news.document)));
      if (news.version > at) host.dispatch(arriving(receive(host.state(), steps, writer), news.version));
    } catch (error) {
      console.warn('Steps of others do not fit this document; it is fetched anew.', error);
      return void this.anew();
    }
    if (news.hash) void this.compare(news);
  }

  // The server's document after these steps.
  private known(steps: readonly Ordered[]): Node {
    return steps.reduce((doc, { step }) => {
      const { doc: next, failed } = Step.fromJSON(schema, step).apply(doc);
      if (!next) throw new Error(failed ?? 'a step that does not fit');
      return next;
    }, keepable(this.to.host.state()).doc);
  }

  // What others have is what the server has: a document that has come apart is fetched.
  private async compare(news: News): Promise<void> {
    const mine = this.open || this.at !== news.version ? null : write(this.to.host.state().doc);
    if (mine !== null && (await this.to.hash(mine)) !== news.hash && !this.open && this.at === news.version) await this.anew();
  }

  private async anew(): Promise<void> {
    const whole = await this.to.desk.whole().catch(() => null);
    if (!whole) return;
    const [doc, copy] = [read(whole.document), this.copy()];
    if (write(doc) !== copy.document) this.to.aside(await this.to.device.aside(this.to.place, copy));
    this.to.host.rebuild(doc, whole.version);
    await this.keep();
    this.enter('saved');
  }

  // Asks for news until the tab closes. `awake` comes when the tab can be seen.
  async listen(awake: () => Promise<void>): Promise<void> {
    let lost = 0;
    while (!this.over) {
      await awake();
      const after = this.at;
      this.asking = true;
      const heard = await this.to.desk.news(after, this.number, this.to.talk?.number ?? null).catch((): Heard => ({ is: 'away' }));
      if (this.over) return;
      if (!this.asking) await this.pause(AGAIN_MS[0] as number);
      else if (heard.is === 'news') {
        while (this.to.host.composing()) await this.pause(BREATH_MS);
        lost = 0;
        this.hear(heard.news, after);
        await this.pause(BREATH_MS);
      } else if (heard.is !== 'kept') {
        if (!this.busy) this.enter(heard.is === 'away' ? 'offline' : heard.is, heard.is === 'refused' ? heard.message : '');
        await this.pause(AGAIN_MS[Math.min(lost++, AGAIN_MS.length - 1)] ?? 30_000);
      }
    }
  }

  private hear(news: News, after: number): void {
    this.number = news.number ?? this.number;
    this.take(news, after);
    if (news.comments) this.to.talk?.hear(news.comments);
    else this.to.talk?.online();
    const others = (news.here ?? []).filter(({ writer }) => writer !== this.to.writer);
    this.many = others.length > 0;
    this.to.others(others);
    if (this.failed > 0 && this.state !== 'refused') this.failed = 0;
    if (this.busy || this.state === 'refused') return;
    if (!this.open) this.enter('saved');
    else if (!this.waiting || this.state !== 'device') void this.flush();
  }

  // The tab goes out of sight, perhaps for ever: what it has is on the device before anything that takes time.
  closing(): void {
    if (!this.open) return;
    this.to.device.last(this.key, this.copy());
    void this.flush(true);
  }

  // The line is back.
  online(): void {
    this.wake?.();
    this.to.talk?.online();
    if (this.failed > 0) void this.flush();
  }

  end(): void {
    this.over = true;
    this.stop();
    this.wake?.();
  }

  private get key(): string {
    return keyOf(this.to.place, this.to.writer);
  }

  private copy(): Kept {
    const { version, doc, steps } = keepable(this.to.host.state());
    return { version, base: write(doc), steps, writer: this.to.writer, document: write(this.to.host.state().doc), at: this.to.clock.now() };
  }

  // One write to the device at a time; what is typed meanwhile is written next. Done when all is written.
  private keep(): Promise<void> {
    this.unwritten = true;
    if (!this.writing) this.keeping = this.write();
    return this.keeping;
  }

  private async write(): Promise<void> {
    const { device } = this.to;
    this.writing = true;
    while (this.unwritten) {
      this.unwritten = false;
      const [open, copy] = [this.open, this.copy()];
      await (open ? device.put(this.key, copy) : device.drop(this.key)).catch(() => undefined);
      this.keptAt = copy.version;
    }
    this.writing = false;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((done) => {
      const back = this.to.clock.after(ms, done);
      this.wake = () => (back(), done());
    });
  }

  private wait(ms: number): void {
    this.stop();
    this.waiting = this.to.clock.after(ms, () => {
      this.waiting = null;
      void this.flush();
    });
  }

  private stop(): void {
    this.waiting?.();
    this.waiting = null;
  }

  private enter(wanted: State, message = ''): void {
    const state = wanted === 'saved' && this.at < this.due ? 'device' : wanted;
    if (state === this.state && !message) return;
    this.state = state;
    this.to.tell(state, message);
  }
}
