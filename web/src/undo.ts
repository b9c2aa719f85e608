// Undo that takes back what this person did and nothing else: prosemirror-history cannot say which step came of which when
// waiting steps are made anew as `together` does, and its undo deletes what others have written into one's own words.
import { Plugin, PluginKey, Selection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { Mapping, type Step, type StepMap } from 'prosemirror-transform';
import { kept, onward, put, remade, type Range, type Remade } from './together';

// Rest after which what is typed is taken back by itself, and how much is remembered.
const GROUP_MS = 500;
const MOST_EVENTS = 200;
const MOST_MAPS = 8000;

// One change of the document: its map, and whether it was made here, by others, or was made anew since.
interface Change {
  map: StepMap;
  is: 'own' | 'theirs' | 'past';
}

interface Item {
  /** What takes the change back, on the document right after it. */
  step: Step;
  /** The number of the change. */
  at: number;
}

type Event = readonly Item[];

interface Past {
  road: readonly Change[];
  /** Pairs of changes of which the later brings back the places that the earlier took out; the latest pairs first. */
  mirror: readonly number[];
  done: readonly Event[];
  undone: readonly Event[];
  ranges: readonly Range[];
  time: number;
  composition: number;
}

interface Way {
  redo: boolean;
  event: Event | null;
  left: readonly Event[];
  mirror: readonly number[];
}

const key = new PluginKey<Past>('undo');
// Whether a transaction takes back or does again.
export const undoes = (tr: Transaction) => tr.getMeta(key) !== undefined;

// Marks a transaction that is taken back by itself, whatever was done just before.
export const ALONE = 'undo-alone';
const START: Past = { road: [], mirror: [], done: [], undone: [], ranges: [], time: 0, composition: -1 };

export function undoing(): Plugin<Past> {
  return new Plugin<Past>({
    key,
    state: { init: () => START, apply: (tr, past) => bounded(follow(tr, past)) },
    props: {
      handleDOMEvents: {
        beforeinput: (view, event) => {
          const command = { historyUndo: undo, historyRedo: redo }[(event as InputEvent).inputType];
          if (!command || !view.editable) return false;
          event.preventDefault();
          return command(view.state, view.dispatch);
        },
      },
    },
  });
}

function follow(tr: Transaction, past: Past): Past {
  const anew = remade(tr);
  if (anew) return takenAnew(tr, past, anew);
  if (!tr.docChanged) return past;
  const base = past.road.length;
  const road = [...past.road, ...tr.mapping.maps.map((map): Change => ({ map, is: 'own' }))];
  const way = tr.getMeta(key) as Way | undefined;
  if (way) {
    const [from, to] = way.redo ? ['undone', 'done'] : ['done', 'undone'];
    return { ...past, road, mirror: way.mirror, [from as 'done']: way.left, [to as 'undone']: way.event ? [...past[to as 'undone'], way.event] : past[to as 'undone'], ranges: [], time: 0 };
  }
  if (tr.getMeta('addToHistory') === false) return { ...past, road, ranges: past.ranges.flatMap((range) => tr.mapping.maps.reduce((ranges, map) => onward(ranges, map, false), [range])) };
  const items = tr.steps.map((step, at): Item => ({ step: step.invert(tr.docs[at] as EditorState['doc']), at: base + at }));
  const last = past.done.at(-1);
  const composition = tr.getMeta('composition') as number | undefined;
  const isAlone = tr.getMeta(ALONE) === true;
  const goesOn = last && !isAlone && past.time > 0 && (composition === undefined ? past.time >= tr.time - GROUP_MS && beside(tr, past.ranges) : composition === past.composition || (past.time >= tr.time - GROUP_MS && beside(tr, past.ranges)));
  const done = goesOn ? [...past.done.slice(0, -1), [...last, ...items]] : [...past.done, items];
  return { ...past, road, done, undone: [], ranges: lastOf(tr), time: isAlone ? 0 : tr.time, composition: composition ?? past.composition };
}

const lastOf = (tr: Transaction): Range[] => {
  const out: Range[] = [];
  for (const map of [...tr.mapping.maps].reverse()) {
    if (out.length > 0) break;
    map.forEach((_oldStart, _oldEnd, from, to) => out.push({ from, to }));
  }
  return out;
};

function beside(tr: Transaction, ranges: readonly Range[]): boolean {
  let out = false;
  tr.mapping.maps[0]?.forEach((start, end) => (out ||= ranges.some(({ from, to }) => start <= to && end >= from)));
  return out;
}

// Others' steps came in, and own ones that waited were made anew: what takes them back is now what takes the new ones back.
function takenAnew(tr: Transaction, past: Past, { waited, groups, theirs }: Remade): Past {
  if (!tr.docChanged) return past;
  const base = past.road.length;
  const waiting = past.road.flatMap(({ is }, at) => (is === 'own' ? [at] : [])).slice(-waited || Infinity);
  // What is older than the road is forgotten.
  const missing = waited - waiting.length;
  const lost = new Set(waiting);
  const road: Change[] = [
    ...past.road.map((change, at): Change => (lost.has(at) ? { ...change, is: 'past' } : change)),
    ...tr.mapping.maps.map((map, at): Change => ({ map, is: at < theirs.first ? 'past' : at < theirs.last ? 'theirs' : 'own' })),
  ];
  let { done, undone } = past;
  const mirror: number[] = [];
  for (const { from, size, back, made, first, last } of groups) {
    const old = waiting.slice(Math.max(0, from - missing), Math.max(0, from + size - missing));
    if (made !== null) mirror.push(base + back, base + made);
    if (size === 1 && old[0] !== undefined) mirror.push(old[0], base + back);
    const items = tr.steps.slice(first, last).map((step, at): Item => ({ step: step.invert(tr.docs[first + at] as EditorState['doc']), at: base + first + at }));
    const holds = (event: Event) => event.some(({ at }) => old.includes(at));
    // Of several events that became one step the last has it; a step of none is in no event.
    const holder = [...undone, ...done].filter(holds).at(-1);
    const without = (event: Event): Event => {
      if (!holds(event)) return event;
      const rest = event.filter(({ at }) => !old.includes(at));
      return event === holder ? [...rest, ...items].sort((a, b) => a.at - b.at) : rest;
    };
    [done, undone] = [done.map(without), undone.map(without)];
  }
  const full = (event: Event) => event.length > 0;
  return { ...past, road, mirror: [...mirror, ...past.mirror], done: done.filter(full), undone: undone.filter(full), ranges: [], time: 0 };
}

// Only so much is remembered.
function bounded(past: Past): Past {
  let { done } = past;
  if (done.length > MOST_EVENTS) done = done.slice(-MOST_EVENTS);
  if (past.road.length <= MOST_MAPS) return done === past.done ? past : { ...past, done };
  const gone = past.road.length - MOST_MAPS / 2;
  const later = (events: readonly Event[]) =>
    events.flatMap((event) => (event.some(({ at }) => at < gone) ? [] : [event.map((item) => ({ ...item, at: item.at - gone }))]));
  const mirror: number[] = [];
  for (let at = 0; at < past.mirror.length; at += 2) {
    const [one, two] = [(past.mirror[at] ?? 0) - gone, (past.mirror[at + 1] ?? 0) - gone];
    if (one >= 0 && two >= 0) mirror.push(one, two);
  }
  return { ...past, road: past.road.slice(gone), mirror, done: later(done), undone: later(past.undone) };
}

// What others have put in since change number `from`, as ranges of the document after all of `road`.
function theirsSince(road: readonly Change[], mirror: readonly number[], from: number): Range[] {
  const wakes = new Map<number, number>();
  for (let at = mirror.length - 2; at >= 0; at -= 2) wakes.set(mirror[at] ?? 0, mirror[at + 1] ?? 0);
  const asleep = new Map<number, Range[]>();
  let out: Range[] = [];
  for (let at = from; at < road.length; at++) {
    const { map, is } = road[at] as Change;
    const wake = wakes.get(at);
    // What is taken out here and comes back there is still theirs then.
    if (wake !== undefined && wake > at) {
      const rest: Range[] = [];
      map.forEach((start, end) => {
        for (const range of out) if (range.from < end && range.to > start) rest.push({ from: Math.max(range.from, start) - start, to: Math.min(range.to, end) - start });
      });
      if (rest.length > 0) asleep.set(wake, rest);
    }
    out = onward(out, map, is === 'own');
    if (is === 'theirs') out.push(...put(map));
    const back = asleep.get(at);
    if (back) map.forEach((_start, _end, start, end) => out.push(...back.map((range) => ({ from: start + range.from, to: Math.min(end, start + range.to) }))));
  }
  return out;
}

// Takes back the last event that still has something to take back.
function taken(state: EditorState, redo: boolean): Transaction | null {
  const past = key.getState(state) ?? START;
  const stack = redo ? past.undone : past.done;
  for (let number = stack.length - 1; number >= 0; number--) {
    const event = stack[number] as Event;
    const { tr } = state;
    const base = past.road.length;
    let mirror = past.mirror;
    const items: Item[] = [];
    for (const { step, at } of [...event].reverse()) {
      const road: Change[] = [...past.road, ...tr.mapping.maps.map((map): Change => ({ map, is: 'own' }))];
      const mapping = new Mapping(road.map(({ map }) => map), [...mirror], at + 1, road.length);
      const first = tr.steps.length;
      const made = kept(step, tr, mapping, theirsSince(road, mirror, at + 1));
      if (made) mirror = [at, base + made.step, ...mirror];
      for (let own = first; own < tr.steps.length; own++) items.push({ step: (tr.steps[own] as Step).invert(tr.docs[own] as EditorState['doc']), at: base + own });
    }
    const left = stack.slice(0, number);
    if (!tr.docChanged || tr.doc.eq(state.doc)) continue;
    const way: Way = { redo, event: items.length > 0 ? items : null, left, mirror };
    const caret = lastOf(tr).at(-1)?.to;
    if (caret !== undefined) tr.setSelection(Selection.near(tr.doc.resolve(caret), -1));
    return tr.setMeta(key, way).scrollIntoView();
  }
  return null;
}

const command =
  (redo: boolean): Command =>
  (state, dispatch) => {
    const past = key.getState(state);
    if (!past || (redo ? past.undone : past.done).length === 0) return false;
    if (!dispatch) return true;
    const tr = taken(state, redo);
    if (tr) dispatch(tr);
    return true;
  };

// Takes back this person's last change; what others have written meanwhile stays, within it too.
export const undo = command(false);
// Does again what was taken back last.
export const redo = command(true);
