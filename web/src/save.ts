// Saving: on this device at once, on the server after a pause; whatever happens between, no text is thrown away.
import type { Copy, Device } from './device';

export type State = 'saved' | 'saving' | 'device' | 'offline' | 'signed-out' | 'refused' | 'conflict';

export interface Theirs {
  version: number;
  document: string;
}

// What the server said to a PUT.
export type Reply = { is: 'saved'; version: number } | { is: 'conflict'; theirs: Theirs } | { is: 'signed-out' } | { is: 'refused'; message: string } | { is: 'away' };

export interface Server {
  put(version: number, document: string, closing: boolean): Promise<Reply>;
}

export interface Clock {
  now(): number;
  /** Calls `work` once after so many milliseconds; the answer takes it back. */
  after(ms: number, work: () => void): () => void;
}

export interface Options {
  place: string;
  version: number;
  /** What the server has, in the document's one spelling. */
  document: string;
  server: Server;
  device: Device;
  clock: Clock;
  tell: (state: State, message: string) => void;
  /** Asks the person; the text stays open meanwhile. */
  conflict: (theirs: Theirs) => void;
}

// Rest of the keys after which the server is sent the text, and the longest that it waits for one.
export const IDLE_MS = 1500;
export const MOST_MS = 20_000;
// How many unanswered texts are remembered.
const UNHEARD = 5;
const AGAIN_MS = [2000, 4000, 8000, 15_000, 30_000];

export class Saver {
  private version: number;
  private known: string;
  private text: string;
  private state: State = 'saved';
  private busy = false;
  private sending: Promise<void> = Promise.resolve();
  private failed = 0;
  private waiting: (() => void) | null = null;
  private since: number | null = null;
  private writing = false;
  private unwritten = false;
  private theirs: Theirs | null = null;
  /** Texts that were sent and not answered: the server may have any of them. */
  private unheard: string[] = [];

  constructor(private readonly to: Options) {
    this.version = to.version;
    this.known = to.document;
    this.text = to.document;
  }

  // The text is now this.
  changed(document: string): void {
    if (document === this.text) return;
    this.text = document;
    this.since ??= this.to.clock.now();
    void this.keep();
    if (this.theirs) return;
    if (!this.busy) this.enter(this.failed > 0 ? 'offline' : 'device');
    if (this.failed === 0) this.wait(Math.min(IDLE_MS, Math.max(0, this.since + MOST_MS - this.to.clock.now())));
  }

  // Whether the server lacks something.
  get open(): boolean {
    return this.text !== this.known;
  }

  get at(): number {
    return this.version;
  }

  // Sends at once; true when the server has the text. `closing` says that the tab may be gone before the answer comes.
  async flush(closing = false): Promise<boolean> {
    if (this.busy) {
      await this.sending;
      return this.open ? this.flush(closing) : true;
    }
    this.stop();
    if (this.theirs) return false;
    if (!this.open) return true;
    this.busy = true;
    this.enter('saving');
    this.sending = this.send(closing);
    await this.sending;
    return !this.open;
  }

  private async send(closing: boolean): Promise<void> {
    const sent = this.text;
    this.unheard = [...this.unheard.filter((text) => text !== sent), sent].slice(-UNHEARD);
    const reply = await this.to.server.put(this.version, sent, closing).catch((): Reply => ({ is: 'away' }));
    this.busy = false;
    await this.heard(reply, sent);
  }

  // The tab goes out of sight, perhaps for ever: what it has is on the device before anything that takes time.
  closing(): void {
    if (!this.open) return;
    this.to.device.last(this.to.place, this.copy());
    void this.flush(true);
  }

  // The line is back.
  online(): void {
    if (this.failed > 0) void this.flush();
  }

  // The person goes on with their own text; the server keeps the other as an earlier version.
  keepMine(): Promise<boolean> {
    if (this.theirs) this.adopt(this.theirs);
    return this.flush();
  }

  // The person goes on with the other text; their own lies aside on this device until the day that is given back.
  async takeTheirs(): Promise<{ document: string; until: Date } | null> {
    const { theirs } = this;
    if (!theirs) return null;
    const until = await this.to.device.aside(this.to.place, this.copy());
    this.adopt(theirs);
    this.text = theirs.document;
    await this.done();
    return { document: theirs.document, until };
  }

  private adopt({ version, document }: Theirs): void {
    this.version = version;
    this.known = document;
    this.theirs = null;
  }

  private async heard(reply: Reply, sent: string): Promise<void> {
    if (reply.is === 'conflict' && this.unheard.includes(reply.theirs.document)) {
      // The answer to an earlier try was lost on the way: the server has what this very tab sent.
      return this.heard({ is: 'saved', version: reply.theirs.version }, reply.theirs.document);
    }
    if (reply.is !== 'away') this.unheard = [];
    if (reply.is === 'saved') {
      this.failed = 0;
      this.adopt({ version: reply.version, document: sent });
      if (!this.open) return this.done();
      await this.keep();
      this.enter('device');
      return this.wait(IDLE_MS);
    }
    if (reply.is === 'conflict') {
      this.theirs = reply.theirs;
      this.enter('conflict');
      return this.to.conflict(reply.theirs);
    }
    const waits = AGAIN_MS[Math.min(this.failed, AGAIN_MS.length - 1)] ?? 30_000;
    this.failed++;
    this.wait(waits);
    this.enter(reply.is === 'away' ? 'offline' : reply.is, reply.is === 'refused' ? reply.message : '');
  }

  // Everything is on the server.
  private async done(): Promise<void> {
    this.since = null;
    this.stop();
    this.enter('saved');
    if (!this.writing) await this.to.device.drop(this.to.place).catch(() => undefined);
    // Typed while the copy was being dropped: it is written again.
    if (this.open) await this.keep();
  }

  // One write to the device at a time; what is typed meanwhile is written next.
  private async keep(): Promise<void> {
    this.unwritten = true;
    if (this.writing) return;
    this.writing = true;
    while (this.unwritten) {
      this.unwritten = false;
      await this.to.device.put(this.to.place, this.copy()).catch(() => undefined);
    }
    this.writing = false;
    if (!this.open) await this.to.device.drop(this.to.place).catch(() => undefined);
  }

  private copy(): Copy {
    return { version: this.version, document: this.text, at: this.to.clock.now() };
  }

  private wait(ms: number): void {
    this.stop();
    this.waiting = this.to.clock.after(ms, () => void this.flush());
  }

  private stop(): void {
    this.waiting?.();
    this.waiting = null;
  }

  private enter(state: State, message = ''): void {
    if (state === this.state && !message) return;
    this.state = state;
    this.to.tell(state, message);
  }
}
