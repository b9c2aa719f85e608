// OVN_ROUNDS=10000 npm test runs more of it. Several people’s tabs on one draft with a server that fails, loses answers, is killed and goes on, forms that save between,
// tabs that are killed: every word that was written is there once, and all end with the same document.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Fragment, Slice } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { Step } from 'prosemirror-transform';
import { read, write } from '../src/document';
import { difference, jump } from '../src/jump';
import { rescue } from '../src/rescue';
import { isKept, keyOf, Room, type Desk, type Heard, type Host, type Kept, type List } from '../src/room';
import { schema } from '../src/schema';
import { receive, together, type Ordered } from '../src/together';
import { chance, Drawer, Hands, rest } from './house';
import { BASE, change, Expected } from './writers';

const ROUNDS = Number(process.env['OVN_ROUNDS'] ?? 600);
const ROUNDS_A_DRAFT = 25;

const sha256 = async (text: string) => createHash('sha256').update(text).digest('hex');

// The newsroom's part: one order of versions, some of which are no steps.
class Newsroom {
  doc = BASE;
  version = 1;
  order: (Ordered | null)[] = [null];

  form(doc: typeof BASE): void {
    this.doc = doc;
    this.version++;
    this.order.push(null);
  }

  news(after: number): Heard {
    const later = this.order.slice(after);
    const gap = later.indexOf(null);
    const steps = (gap < 0 ? later : later.slice(0, gap)) as Ordered[];
    const document = after + steps.length === this.version ? {} : { document: JSON.parse(write(this.doc)) as unknown };
    return { is: 'news', news: { version: this.version, hash: createHash('sha256').update(write(this.doc)).digest('hex'), steps, ...document } };
  }

  take({ version, steps, writer, document }: List): Heard {
    if (version !== this.version) return this.news(version);
    let { doc } = this;
    for (const step of steps) {
      const result = Step.fromJSON(schema, step).apply(doc);
      assert.ok(result.doc, `${JSON.stringify(step)}: ${result.failed}`);
      doc = result.doc;
    }
    assert.equal(write(doc), document, 'the document is what its steps make');
    this.doc = doc;
    this.version += steps.length;
    this.order.push(...steps.map((step) => ({ step, writer })));
    return { is: 'kept', version: this.version };
  }
}

class Tab {
  state: EditorState;
  away = false;
  asides = 0;
  room: Room;

  constructor(
    readonly writer: string,
    at: Newsroom,
    drawer: Drawer,
    clock: Hands,
    dice: () => number,
  ) {
    const begin = (doc: typeof BASE, version: number) => EditorState.create({ doc, plugins: [together(version)] });
    this.state = begin(at.doc, at.version);
    const host: Host = {
      state: () => this.state,
      dispatch: (tr) => this.apply(tr),
      rebuild: (doc, version) => (this.state = begin(doc, version)),
      composing: () => false,
    };
    const desk: Desk = {
      send: async (list) => {
        if (this.away || dice() < 0.1) throw new TypeError('no line');
        if (dice() < 0.05) return { is: 'signed-out' };
        const heard = at.take(list);
        if (dice() < 0.15) throw new TypeError('the answer was lost');
        return heard;
      },
      news: async (after) => {
        if (this.away || dice() < 0.1) throw new TypeError('no line');
        return at.news(after);
      },
      hush: () => undefined,
      whole: async () => ({ version: at.version, document: JSON.parse(write(at.doc)) as unknown }),
    };
    const nothing = () => undefined;
    this.room = new Room({ place: '/d', writer, host, desk, device: drawer, clock, hash: sha256, tell: nothing, aside: () => this.asides++, references: nothing, others: nothing });
    void this.room.listen(() => Promise.resolve());
  }

  apply(tr: Parameters<EditorState['apply']>[0]): void {
    this.state = this.state.apply(tr);
    if (tr.docChanged) this.room.changed();
  }
}

test(`over ${ROUNDS} rounds of cut lines, lost answers and killed tabs every word is there, and all have the same document`, async (context) => {
  let words = 0;
  let rounds = 0;
  let killed = 0;
  for (let seed = 1; rounds < ROUNDS; seed++) {
    const dice = chance(seed);
    const [at, clock, drawer, expected] = [new Newsroom(), new Hands(), new Drawer(), new Expected()];
    let number = 0;
    let faults = dice;
    const open = () => new Tab(`tab${number++}`, at, drawer, clock, () => faults());
    const tabs = Array.from({ length: 2 + Math.floor(dice() * 4) }, open);
    for (let round = 0; round < ROUNDS_A_DRAFT; round++, rounds++) {
      const which = Math.floor(dice() * tabs.length);
      const tab = tabs[which] as Tab;
      const kind = dice();
      if (kind < 0.08) tab.away = !tab.away;
      else if (kind < 0.12) {
        // Somebody saves the plain form: a paragraph that no editor's step made.
        const paragraph = schema.node('paragraph', null, schema.text(expected.next()));
        const behind = (at.doc.firstChild?.nodeSize ?? 0) + at.doc.child(1).nodeSize;
        at.form(read(JSON.parse(write(at.doc.replace(behind, behind, new Slice(Fragment.from(paragraph), 0, 0))))));
      } else if (kind < 0.16) {
        // The tab is killed, and the same person opens the draft again.
        killed++;
        await rest();
        tab.room.end();
        tabs[which] = open();
      } else {
        const tr = change(tab.state, dice, expected);
        if (tr) tab.apply(tr);
      }
      await clock.wind(Math.floor(dice() * 1500));
    }
    faults = () => 1;
    for (const tab of tabs) tab.away = false;
    // What killed tabs left behind.
    const open_ = new Set(tabs.map(({ writer }) => keyOf('/d', writer)));
    for (const [key, copy] of [...drawer.copies]) {
      if (open_.has(key) || !isKept(copy)) continue;
      const desk: Desk = { send: async (list) => at.take(list), news: async (after) => at.news(after), whole: async () => null, hush: () => undefined };
      const helper = rescue(copy as Kept, { place: '/d', desk, device: drawer, clock });
      await clock.wind(10);
      assert.ok(await helper, `seed ${seed}: what ${key} left is taken`);
      drawer.copies.delete(key);
    }
    await clock.wind(200_000);
    const end = write(at.doc);
    for (const tab of tabs) {
      assert.equal(write(tab.state.doc), end, `seed ${seed}: ${tab.writer} has another document`);
      assert.equal(tab.asides, 0, `seed ${seed}: nothing lies aside`);
      assert.ok(!tab.room.open);
      tab.room.end();
    }
    at.doc.check();
    const text = at.doc.textBetween(0, at.doc.content.size, '\n', '\ufffc');
    for (const word of expected.words) {
      words++;
      assert.equal(text.split(word).length - 1, 1, `seed ${seed}: ${word} in ${text}`);
    }
    assert.equal(drawer.copies.size, 0, `seed ${seed}: the device keeps nothing that the server has`);
  }
  context.diagnostic(`${words} words, ${killed} killed tabs`);
  assert.ok(words > ROUNDS / 8);
});

test('a form’s text becomes steps that lead from one document to the other', () => {
  const dice = chance(7);
  let from = BASE;
  for (let round = 0; round < 200; round++) {
    let state = EditorState.create({ doc: from, plugins: [together(3)] });
    for (let count = 0; count < 3; count++) {
      const tr = change(state, dice, new Expected());
      if (tr) state = state.apply(tr);
    }
    const to = read(JSON.parse(write(state.doc)));
    const with_ = EditorState.create({ doc: from, plugins: [together(3)] });
    const after = with_.apply(receive(with_, jump(from, to), 'me'));
    assert.equal(write(after.doc), write(to));
    assert.deepEqual(difference(to, to), []);
    from = to;
  }
  const urdu = BASE.type.create({ lang: 'ur' }, BASE.content);
  const state = EditorState.create({ doc: BASE, plugins: [together(1)] });
  assert.equal(state.apply(receive(state, jump(BASE, urdu), 'me')).doc.attrs['lang'], 'ur');
});
