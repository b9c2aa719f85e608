// This device's copy: written as soon as something is typed, and kept until the server has it.

export interface Copy {
  /** The server's version that the text was made from. */
  version: number;
  document: string;
  /** Milliseconds since 1970, by this device's clock. */
  at: number;
}

export interface Device {
  /** Whether anything outlives the tab. */
  lasting: boolean;
  get(place: string): Promise<Copy | null>;
  put(place: string, copy: Copy): Promise<void>;
  /** For the moment in which a tab closes and nothing that takes time is finished any more. */
  last(place: string, copy: Copy): void;
  drop(place: string): Promise<void>;
  /** The places that begin so. */
  places(prefix: string): Promise<string[]>;
  /** Puts a text aside that lost against another, for so long. */
  aside(place: string, copy: Copy): Promise<Date>;
}

export const ASIDE_DAYS = 30;
const NAME = 'ovn-drafts';
const STORE = 'copies';
const LAST = 'ovn-draft-1:';

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error('no IndexedDB'));
    request.onblocked = () => fail(new Error('IndexedDB is held by another version'));
  });
}

function act<T>(db: IDBDatabase, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    const transaction = db.transaction(STORE, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = () => fail(transaction.error ?? new Error('IndexedDB'));
    transaction.onabort = () => fail(transaction.error ?? new Error('IndexedDB'));
  });
}

function isCopy(value: unknown): value is Copy {
  const copy = value as Copy | null | undefined;
  return typeof copy?.document === 'string' && Number.isSafeInteger(copy.version) && Number.isFinite(copy.at);
}

function lastCopy(place: string): Copy | null {
  try {
    const value = JSON.parse(localStorage.getItem(LAST + place) ?? 'null') as unknown;
    return isCopy(value) ? value : null;
  } catch {
    return null;
  }
}

function lastPlaces(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(LAST)).map((key) => key.slice(LAST.length));
  } catch {
    return [];
  }
}

// What has lain aside for too long goes.
async function sweep(db: IDBDatabase): Promise<void> {
  const keys = await act(db, 'readonly', (store) => store.getAllKeys());
  const before = Date.now() - ASIDE_DAYS * 86_400_000;
  for (const key of keys) {
    const at = /#aside-(\d+)$/.exec(String(key))?.[1];
    if (at && Number(at) < before) await act(db, 'readwrite', (store) => store.delete(key));
  }
}

// The browser's own stores, or memory where it has none.
export async function device(): Promise<Device> {
  const db = await open().catch(() => null);
  const memory = new Map<string, Copy>();
  if (db) void sweep(db).catch(() => undefined);
  const put = async (place: string, copy: Copy) => {
    memory.set(place, copy);
    if (db) await act(db, 'readwrite', (store) => store.put(copy, place));
  };
  return {
    lasting: db !== null,
    put,
    get: async (place) => {
      const value: unknown = db ? await act(db, 'readonly', (store) => store.get(place) as IDBRequest<unknown>).catch(() => null) : memory.get(place);
      const copies = [isCopy(value) ? value : null, lastCopy(place)].filter((copy) => copy !== null);
      return copies.sort((a, b) => b.at - a.at)[0] ?? null;
    },
    last: (place, copy) => {
      try {
        localStorage.setItem(LAST + place, JSON.stringify(copy));
      } catch {
        // Full or forbidden: the copy that was written before stands.
      }
    },
    drop: async (place) => {
      memory.delete(place);
      try {
        localStorage.removeItem(LAST + place);
      } catch {
        // There was none.
      }
      if (db) await act(db, 'readwrite', (store) => store.delete(place));
    },
    places: async (prefix) => {
      const kept = db ? await act(db, 'readonly', (store) => store.getAllKeys()).catch(() => []) : [...memory.keys()];
      const places = [...kept.map(String), ...lastPlaces()].filter((place) => place.startsWith(prefix));
      return [...new Set(places)];
    },
    aside: async (place, copy) => {
      await put(`${place}#aside-${copy.at}`, copy);
      return new Date(copy.at + ASIDE_DAYS * 86_400_000);
    },
  };
}
