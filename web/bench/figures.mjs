// How the benches tell what they measured.
import { cpus } from 'node:os';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target');

// Takes OVN_BIN, else a release build of the program, else a debug build, and tells which.
export function program() {
  process.env.OVN_BIN ??= ['release/ovn', 'debug/ovn'].map((path) => join(TARGET, path)).find(existsSync) ?? '';
  return `${cpus().length} cores, ${cpus()[0]?.model}, ${process.env.OVN_BIN.includes('release') ? 'release' : 'debug'} build`;
}

export const at = (list, part) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Milliseconds of many rounds in one line.
export const line = (times) => `${at(times, 0.5).toFixed(1)} ms (median), ${at(times, 0.95).toFixed(1)} (95 %), ${at(times, 0.99).toFixed(1)} (99 %), ${at(times, 1).toFixed(1)} (most) of ${times.length}`;
