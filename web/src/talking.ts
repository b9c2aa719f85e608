// Sends what is said in one tab to the server, and keeps on this device whatever the server has not taken yet.
import { Book, type Comment, type Me, type Saying, type Talk, type Standing, type Thread } from './book';
import type { Device } from './device';
import type { Clock } from './saving';

export type Took = { is: 'kept' } | { is: 'away' } | { is: 'signed-out' } | { is: 'refused'; message: string };

export interface Post {
  post(saying: Saying): Promise<Took>;
}

export interface Options {
  place: string;
  /** The tab. */
  writer: string;
  me: Me;
  post: Post;
  device: Device;
  clock: Clock;
  /** Makes an id that nobody else makes. */
  id(): string;
}

const AGAIN_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];

export class Talking {
  private readonly book: Book;
  private readonly listeners: ((fresh: Comment[]) => void)[] = [];
  private busy = false;
  private begun = false;
  private failed = 0;
  private back: (() => void) | null = null;

  constructor(private readonly to: Options) {
    this.book = new Book(to.me);
  }

  // What is heard of already.
  get number(): number {
    return this.book.number;
  }

  get open(): boolean {
    return this.book.next !== null;
  }

  threads(): (Thread & Standing)[] {
    return this.book.threads();
  }

  // Told when anything of it changes, with what others have said since.
  listen(listener: (fresh: Comment[]) => void): void {
    this.listeners.push(listener);
  }

  // A comment on `quote`, or an answer; gives the id that its place has.
  async say(words: string, { quote = '', thread = null, id = this.to.id() }: { quote?: string; thread?: string | null; id?: string } = {}): Promise<string> {
    await this.put({ is: 'comment', id, thread, quote, words, at: this.to.clock.now() });
    return id;
  }

  async resolve(id: string, resolved: boolean): Promise<void> {
    await this.put({ is: 'resolve', id, resolved, at: this.to.clock.now() });
  }

  // An id for a place that is set before its words are known.
  name(): string {
    return this.to.id();
  }

  hear(talk: Talk): void {
    const fresh = this.book.hear(talk);
    // What was there when the draft was opened is no news.
    this.tell(this.begun ? fresh : []);
    this.online();
  }

  // The line is there.
  online(): void {
    this.begun = true;
    if (!this.open) return;
    this.failed = 0;
    void this.flush();
  }

  // What closed or killed tabs of this person left on the device is sent from here.
  async rescue(): Promise<void> {
    const { device, place, me } = this.to;
    for (const key of await device.places(prefix(place))) {
      const copy = key === this.key ? null : await device.get(key);
      if (!copy) continue;
      const { by, list } = JSON.parse(copy.document) as { by: string; list: Saying[] };
      if (by !== me.by) continue;
      this.book.resume(list);
      await this.keep();
      await device.drop(key);
    }
    this.tell([]);
    await this.flush();
  }

  private get key(): string {
    return prefix(this.to.place) + this.to.writer;
  }

  private async put(saying: Saying): Promise<void> {
    this.book.say(saying);
    this.tell([]);
    await this.keep();
    await this.flush();
  }

  // On the device before it is sent: a tab that is killed meanwhile loses nothing.
  private async keep(): Promise<void> {
    const { device, clock, me } = this.to;
    const list = this.book.keepable;
    const copy = { version: 0, document: JSON.stringify({ by: me.by, list }), at: clock.now() };
    await (list.length > 0 ? device.put(this.key, copy) : device.drop(this.key)).catch(() => undefined);
  }

  private async flush(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.back?.();
    this.back = null;
    for (let saying = this.book.next; saying; saying = this.book.next) {
      const took = await this.to.post.post(saying).catch((): Took => ({ is: 'away' }));
      if (took.is === 'away' || took.is === 'signed-out') {
        const ms = AGAIN_MS[Math.min(this.failed++, AGAIN_MS.length - 1)] ?? 30_000;
        this.back = this.to.clock.after(ms, () => void this.flush());
        break;
      }
      this.failed = 0;
      if (took.is === 'kept') this.book.kept(saying);
      else this.book.refused(saying, took.message);
      await this.keep();
      this.tell([]);
    }
    this.busy = false;
  }

  private tell(fresh: Comment[]): void {
    for (const listener of this.listeners) listener(fresh);
  }
}

const prefix = (place: string) => `${place}#comments-`;
