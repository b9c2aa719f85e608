// Three ways of writing together in the same seeded rounds: what becomes of the words, and what each weighs.
import { collab, getVersion, receiveTransaction, sendableSteps } from 'prosemirror-collab';
import type { Node } from 'prosemirror-model';
import { EditorState, type Plugin } from 'prosemirror-state';
import { Step } from 'prosemirror-transform';
import { updateYFragment, yXmlFragmentToProseMirrorRootNode } from 'y-prosemirror';
import * as Y from 'yjs';
import { schema } from '../src/schema';
import { receive, sendable, together, versionOf, type Ordered } from '../src/together';
import { chance } from '../test/house';
import { BASE, change, Expected } from '../test/writers';

interface Desk {
  writer(name: string): Writer;
  doc(): Node;
}

interface Writer {
  state: EditorState;
  /** Gets and sends; `lost` says that the answer does not come back. */
  sync(lost: boolean): void;
  /** After an own change. */
  changed(): void;
}

// The two that put steps in one order differ only in how a writer takes others' steps in.
function ordered(plugin: (name: string) => Plugin, version: (state: EditorState) => number, own: (state: EditorState) => { version: number; steps: unknown[] } | null, take: (state: EditorState, steps: Ordered[], name: string) => EditorState): Desk {
  let doc = BASE;
  const list: Ordered[] = [];
  return {
    doc: () => doc,
    writer: (name) => {
      const me: Writer = {
        state: EditorState.create({ doc: BASE, plugins: [plugin(name)] }),
        changed: () => undefined,
        sync: (lost) => {
          const pull = () => (me.state = take(me.state, list.slice(version(me.state)), name));
          pull();
          const mine = own(me.state);
          if (!mine || mine.version !== list.length) return;
          for (const step of mine.steps) doc = Step.fromJSON(schema, step).apply(doc).doc as Node;
          list.push(...mine.steps.map((step) => ({ step, writer: name })));
          if (!lost) pull();
        },
      };
      return me;
    },
  };
}

const ours = () => ordered(() => together(0), versionOf, sendable, (state, steps, name) => state.apply(receive(state, steps, name)));

const stock = () =>
  ordered(
    (name) => collab({ version: 0, clientID: name }),
    getVersion,
    (state) => {
      const own = sendableSteps(state);
      return own && { version: own.version, steps: own.steps.map((step) => step.toJSON() as unknown) };
    },
    (state, steps) => state.apply(receiveTransaction(state, steps.map(({ step }) => Step.fromJSON(schema, step)), steps.map(({ writer }) => writer))),
  );

function yjs(): Desk {
  const middle = new Y.Doc();
  middle.clientID = 1;
  const meta = () => ({ mapping: new Map(), isOMark: new Map() });
  updateYFragment(middle, middle.getXmlFragment('doc'), BASE, meta() as never);
  let next = 2;
  const read = (ydoc: Y.Doc) => yXmlFragmentToProseMirrorRootNode(ydoc.getXmlFragment('doc'), schema);
  return {
    doc: () => read(middle),
    writer: () => {
      const own = new Y.Doc();
      own.clientID = next++;
      const copy = (from: Y.Doc, to: Y.Doc) => Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
      copy(middle, own);
      const me: Writer = {
        state: EditorState.create({ doc: read(own) }),
        changed: () => updateYFragment(own, own.getXmlFragment('doc'), me.state.doc, meta() as never),
        sync: () => {
          copy(own, middle);
          copy(middle, own);
          me.state = EditorState.create({ doc: read(own) });
        },
      };
      return me;
    },
  };
}

function run(name: string, open: () => Desk, rounds: number): void {
  const tally = { lost: 0, doubled: 0, words: 0, apart: 0, broken: 0 };
  const began = performance.now();
  for (let seed = 1, round = 0; round < rounds; seed++) {
    const dice = chance(seed);
    const desk = open();
    const expected = new Expected();
    const writers = Array.from({ length: 2 + Math.floor(dice() * 4) }, (_, number) => ({ ...{ away: false }, writer: desk.writer(`writer ${number}`) }));
    for (let turn = 0; turn < 25; turn++, round++) {
      const who = writers[Math.floor(dice() * writers.length)] as (typeof writers)[number];
      try {
        const tr = change(who.writer.state, dice, expected);
        if (tr) {
          who.writer.state = who.writer.state.apply(tr);
          who.writer.changed();
        }
        if (dice() < 0.2) who.away = !who.away;
        if (!who.away && dice() < 0.6) who.writer.sync(dice() < 0.2);
      } catch {
        tally.broken++;
      }
    }
    for (const { writer } of [...writers, ...writers]) writer.sync(false);
    const text = desk.doc().textContent;
    for (const word of expected.words) {
      const times = text.split(word).length - 1;
      tally.words++;
      if (times === 0) tally.lost++;
      if (times > 1) tally.doubled++;
    }
    if (writers.some(({ writer }) => !writer.state.doc.eq(desk.doc()))) tally.apart++;
    try {
      desk.doc().check();
    } catch {
      tally.broken++;
    }
  }
  console.log(`${name}: ${rounds} rounds, ${tally.words} words, ${tally.lost} lost or cut up, ${tally.doubled} doubled, ${tally.apart} drafts that differ, ${tally.broken} faults, ${Math.round(performance.now() - began)} ms`);
}

const rounds = Number(process.argv[2] ?? 10_000);
run('ours', ours, rounds);
run('prosemirror-collab', stock, rounds);
run('yjs with y-prosemirror', yjs, rounds);
