// The text stays within the levels that an article may have, whatever is typed, wrapped or pasted.
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import { MAX_LEVELS } from './document';
import { type } from './schema';

// Nodes never change, so a keystroke measures one paragraph and what is around it.
const heights = new WeakMap<Node, number>();

// How many blocks stand within one another, this node among them.
export function height(node: Node): number {
  const known = heights.get(node);
  if (known !== undefined) return known;
  let most = 0;
  node.forEach((child) => {
    if (!child.isInline) most = Math.max(most, height(child));
  });
  const own = most + (node.type.isInGroup('block') ? 1 : 0);
  heights.set(node, own);
  return own;
}

// What is pasted deeper than half of the levels comes flat, so that it fits wherever a person writes.
function flat(fragment: Fragment): Fragment {
  const out: Node[] = [];
  fragment.forEach((node) => {
    if (height(node) <= MAX_LEVELS / 2) out.push(node);
    else node.descendants((inner) => (inner.isTextblock ? (out.push(type.node('paragraph').create(null, inner.content)), false) : true));
  });
  return Fragment.from(out);
}

export function bounds(): Plugin {
  return new Plugin({
    filterTransaction: (tr) => !tr.docChanged || height(tr.doc) <= MAX_LEVELS,
    props: {
      transformPasted: (slice) => {
        let deep = 0;
        slice.content.forEach((node) => (deep = Math.max(deep, height(node))));
        return deep > MAX_LEVELS / 2 ? new Slice(flat(slice.content), 0, 0) : slice;
      },
    },
  });
}
