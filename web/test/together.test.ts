// Two to five writers in one draft, with stretches offline, lost answers and a server that forgets what it was just told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState } from 'prosemirror-state';
import { read, write } from '../src/document';
import { receive, sendable, together, versionOf } from '../src/together';
import { chance } from './house';
import { Authority, BASE, change, Expected } from './writers';

const ROUNDS = Number(process.env['OVN_ROUNDS'] ?? 2000);
const ROUNDS_A_DRAFT = 25;

class Writer {
  state = EditorState.create({ doc: BASE, plugins: [together(0)] });
  away = false;

  constructor(readonly name: string) {}

  pull(from: Authority): void {
    this.state = this.state.apply(receive(this.state, from.ordered.slice(versionOf(this.state)), this.name));
  }

  // Pulls, then sends; `lost` says that the server's answer does not come back.
  sync(with_: Authority, lost: boolean): void {
    this.pull(with_);
    const own = sendable(this.state);
    if (own && with_.take(own.version, own.steps, this.name) && !lost) this.pull(with_);
  }
}

test(`nothing that was written is lost or doubled over ${ROUNDS} rounds, and all end with the same document`, (context) => {
  let words = 0;
  let rounds = 0;
  for (let seed = 1; rounds < ROUNDS; seed++) {
    const dice = chance(seed);
    const server = new Authority();
    const expected = new Expected();
    const writers = Array.from({ length: 2 + Math.floor(dice() * 4) }, (_, number) => new Writer(`writer ${number}`));
    for (let round = 0; round < ROUNDS_A_DRAFT; round++, rounds++) {
      const writer = writers[Math.floor(dice() * writers.length)] as Writer;
      const tr = change(writer.state, dice, expected);
      if (tr) writer.state = writer.state.apply(tr);
      if (dice() < 0.2) writer.away = !writer.away;
      if (!writer.away && dice() < 0.6) writer.sync(server, dice() < 0.2);
    }
    // Everybody comes back; the second turn brings what the first ones sent.
    for (const writer of [...writers, ...writers]) writer.sync(server, false);
    const text = server.doc.textContent;
    for (const word of expected.words) assert.equal(text.split(word).length - 1, 1, `seed ${seed}: ${word} stands ${text.split(word).length - 1} times`);
    for (const writer of writers) {
      assert.equal(sendable(writer.state), null);
      assert.ok(writer.state.doc.eq(server.doc), `seed ${seed}: ${writer.name} has another document`);
    }
    read(JSON.parse(write(server.doc)));
    words += expected.words.size;
  }
  context.diagnostic(`${rounds} rounds, ${words} words looked for`);
});

test('what was written into a passage that another took out stays where it was', () => {
  const server = new Authority();
  const [one, two] = [new Writer('one'), new Writer('two')];
  const first = BASE.child(0).nodeSize + BASE.child(1).nodeSize;
  one.state = one.state.apply(one.state.tr.delete(first, first + BASE.child(2).nodeSize));
  two.state = two.state.apply(two.state.tr.insertText('(kept)', first + 4));
  one.sync(server, false);
  two.sync(server, false);
  one.sync(server, false);
  assert.match(server.doc.textContent, /\(kept\)/);
  assert.ok(one.state.doc.eq(two.state.doc));
});
