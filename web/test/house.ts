// A clock that is wound by hand, a device and a server that fail when a seed says so.
import type { Copy, Device } from '../src/device';
import type { Clock } from '../src/saving';

// SplitMix64's little brother: the same numbers for the same seed.
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

export class Hands implements Clock {
  time = 1_000_000;
  private due: { at: number; work: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, work: () => void): () => void {
    const entry = { at: this.time + ms, work };
    this.due.push(entry);
    return () => (this.due = this.due.filter((other) => other !== entry));
  }

  // Winds on; whatever falls due happens, with everything that hangs on it.
  async wind(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const next = this.due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.time = Math.max(this.time, next.at);
      this.due = this.due.filter((other) => other !== next);
      next.work();
      await rest();
    }
    this.time = end;
    await rest();
  }
}

export async function rest(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

export class Drawer implements Device {
  lasting = true;
  copies = new Map<string, Copy>();
  put = async (place: string, copy: Copy) => void this.copies.set(place, { ...copy });
  get = async (place: string) => this.copies.get(place) ?? null;
  last = (place: string, copy: Copy) => void this.copies.set(place, { ...copy });
  drop = async (place: string) => void this.copies.delete(place);
  places = async (prefix: string) => [...this.copies.keys()].filter((place) => place.startsWith(prefix));
  aside = async (place: string, copy: Copy) => {
    this.copies.set(`${place}#aside-${copy.at}-${this.copies.size}`, { ...copy });
    return new Date(copy.at);
  };
}
