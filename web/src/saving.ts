// How a draft's saving stands, and the clock by which it goes: given in tests by hand.

export type State = 'saved' | 'saving' | 'device' | 'offline' | 'signed-out' | 'refused';

export interface Clock {
  now(): number;
  /** Calls `work` once after so many milliseconds; the answer takes it back. */
  after(ms: number, work: () => void): () => void;
}
