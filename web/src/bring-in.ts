// What a text that lies aside on this device has and the draft lacks, to be put at the end of it: nothing is taken out for it.
import { Fragment, type Node } from 'prosemirror-model';
import { write } from './document';
import { isDraftMark, schema } from './schema';

// A node without suggestions and comments: their words stay, whoever made them.
function plain(node: Node): Node {
  const marks = node.marks.filter((mark) => !isDraftMark(mark));
  if (node.isText) return node.mark(marks);
  const inner: Node[] = [];
  node.forEach((child) => void (child.type.name !== 'split' && inner.push(plain(child))));
  return node.type.create(node.attrs, Fragment.fromArray(inner), marks);
}

// The blocks of `kept` that `doc` does not have, in their order; a headline or standfirst of another wording as a paragraph.
export function lacking(doc: Node, kept: Node): Node[] {
  const known = new Map<string, number>();
  const count = (name: string) => known.get(name) ?? 0;
  doc.forEach((block) => {
    const name = write(plain(block));
    known.set(name, count(name) + 1);
  });
  const out: Node[] = [];
  kept.forEach((block) => {
    const bare = plain(block);
    const empty = bare.isTextblock && bare.textContent === '';
    const above = ['headline', 'standfirst'].includes(bare.type.name);
    const told = above && !empty ? schema.node('paragraph', null, schema.text(bare.textContent)) : bare;
    const name = [bare, told].map(write).find((one) => count(one) > 0);
    if (name !== undefined) known.set(name, count(name) - 1);
    else if (!empty) out.push(told);
  });
  return out;
}

// A document's words, a line for each line of text.
export function wordsOf(doc: Node): string {
  const lines: string[] = [];
  doc.descendants((node) => {
    if (!node.isTextblock) return true;
    const line = node.textBetween(0, node.content.size, '\n', (leaf) => (leaf.type.name === 'cite' ? '' : '\n')).trim();
    if (line) lines.push(line);
    return false;
  });
  return lines.join('\n\n');
}
