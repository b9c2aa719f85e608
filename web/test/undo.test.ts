// Undo in one draft: what is one thing to the person, in what order it goes, and whose words stay.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EditorState, type Command } from 'prosemirror-state';
import { empty } from '../src/document';
import { receive, sendable, together, type Ordered } from '../src/together';
import { redo, undo, undoing } from '../src/undo';

// Behind headline and standfirst, within the paragraph.
const START = 5;

class Desk {
  state = EditorState.create({ doc: empty('en'), plugins: [together(0), undoing()] });
  constructor(readonly name: string) {}

  type(words: string, at: number, time: number): this {
    for (const [number, letter] of [...words].entries()) this.state = this.state.apply(this.state.tr.insertText(letter, at + number).setTime(time + number));
    return this;
  }

  do(command: Command): this {
    assert.ok(command(this.state, (tr) => (this.state = this.state.apply(tr))));
    return this;
  }

  take(from: Desk): this {
    const ordered: Ordered[] = (sendable(from.state)?.steps ?? []).map((step) => ({ step: JSON.parse(JSON.stringify(step)) as unknown, writer: from.name }));
    this.state = this.state.apply(receive(this.state, ordered, this.name));
    return this;
  }

  says(expected: string): this {
    assert.equal(this.state.doc.textContent, expected);
    return this;
  }
}

test('what is typed without a rest is one thing', () => {
  new Desk('a').type('one', START, 1000).type(' two', START + 3, 9000).do(undo).says('one').do(undo).says('').do(redo).says('one').do(redo).says('one two');
});

test('what is typed elsewhere at once is another thing', () => {
  new Desk('a').type('two', START, 1000).type('one', START, 1100).type('!', START + 6, 1150).do(undo).says('onetwo').do(undo).says('two');
});

test('with nothing to take back it says so', () => {
  const { state } = new Desk('a');
  assert.equal(undo(state), false);
  assert.equal(redo(state), false);
});

test('a new change ends what can be done again', () => {
  const desk = new Desk('a').type('one', START, 1000).do(undo).type('two', START, 9000);
  assert.equal(redo(desk.state), false);
});

test("another's words stay, within one's own too", () => {
  const one = new Desk('a').type('left', START, 1000);
  const other = new Desk('b').take(one);
  one.take(one);
  one.take(other.type('XY', START + 2, 1000)).says('leXYft').do(undo).says('XY').do(redo).says('leXYft');
});

test('what was first in the common order stays when what waited is taken back', () => {
  const other = new Desk('b').type('XY', START, 1000);
  new Desk('a').type('left', START, 1000).take(other).says('XYleft').type('right', START + 6, 9000).do(undo).says('XYleft').do(undo).says('XY').do(redo).do(redo).says('XYleftright');
});
