// ProseMirror's schema, made from the one schema file that the program reads too; here is added only how nodes look.
import { Schema, type AttributeSpec, type DOMOutputSpec, type Mark, type MarkSpec, type Node, type NodeSpec, type TagParseRule } from 'prosemirror-model';
import file from '../../crates/edition/schema/document.json';
import { fault, type AttrSpec } from './attrs';
import { address } from './address';
import { keptAt } from './kept';
import { nameOf, when } from './who';
import { say } from './words';
import { digest, labelOf, readItems } from './cite-items';

// The picture where it can be seen, and its name where it can't. Its description stands below it as words.
const shown = (src: string): DOMOutputSpec[] => (keptAt(src) === '' ? [['span', { class: 'src', dir: 'ltr' }, src]] : [['img', { src: keptAt(src), alt: '' }]]);

export interface FileNode {
  name: string;
  group?: string;
  content?: string;
  marks?: boolean;
  /** Of the draft alone: no article has it. */
  draft?: boolean;
  attrs?: AttrSpec[];
}

export interface FileMark {
  name: string;
  /** Of the draft alone; it may stand on every node within a line. */
  draft?: boolean;
  /** May stand on one text several times. */
  many?: boolean;
  attrs?: AttrSpec[];
}

export const nodes: FileNode[] = file.nodes as FileNode[];
export const marks: FileMark[] = file.marks as FileMark[];

interface Look {
  toDOM?: (node: Node) => DOMOutputSpec;
  parseDOM?: TagParseRule[];
  extra?: Partial<NodeSpec>;
}

const text = (element: HTMLElement, name: string) => element.getAttribute(name) ?? '';
const AUTO = { dir: 'auto' };

const looks: Record<string, Look> = {
  doc: {},
  headline: {
    toDOM: () => ['h1', { ...AUTO, 'data-part': 'headline' }, 0],
    parseDOM: [{ tag: 'h1[data-part=headline]', priority: 60 }],
    extra: { defining: true },
  },
  standfirst: {
    toDOM: () => ['p', { ...AUTO, 'data-part': 'standfirst' }, 0],
    parseDOM: [{ tag: 'p[data-part=standfirst]', priority: 60 }],
    extra: { defining: true },
  },
  paragraph: { toDOM: () => ['p', AUTO, 0], parseDOM: [{ tag: 'p' }] },
  heading: {
    toDOM: (node) => [`h${node.attrs['level'] as number}`, AUTO, 0],
    // A text's own first level is its headline's.
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.max(2, level) } })),
    extra: { defining: true },
  },
  bullets: { toDOM: () => ['ul', 0], parseDOM: [{ tag: 'ul' }] },
  numbers: {
    toDOM: (node) => ['ol', node.attrs['start'] === 1 ? {} : { start: String(node.attrs['start']) }, 0],
    parseDOM: [{ tag: 'ol', getAttrs: (element) => ({ start: Math.min(999_999_999, Math.max(0, (element as HTMLOListElement).start)) }) }],
  },
  item: { toDOM: () => ['li', 0], parseDOM: [{ tag: 'li' }], extra: { defining: true } },
  quote: { toDOM: () => ['blockquote', 0], parseDOM: [{ tag: 'blockquote' }], extra: { defining: true } },
  codeblock: {
    toDOM: (node) => ['pre', { dir: 'ltr', 'data-info': node.attrs['info'] as string }, ['code', 0]],
    parseDOM: [{ tag: 'pre', preserveWhitespace: 'full', getAttrs: (element) => ({ info: text(element, 'data-info') }) }],
    extra: { code: true, defining: true },
  },
  rule: { toDOM: () => ['hr'], parseDOM: [{ tag: 'hr' }] },
  table: { toDOM: () => ['table', ['tbody', 0]], parseDOM: [{ tag: 'table' }], extra: { isolating: true } },
  headrow: { toDOM: () => ['tr', 0], parseDOM: [{ tag: 'tr', getAttrs: (element) => (firstRow(element) ? null : false) }] },
  row: { toDOM: () => ['tr', 0], parseDOM: [{ tag: 'tr' }] },
  headcell: {
    toDOM: (node) => ['th', { ...AUTO, 'data-align': node.attrs['align'] as string }, 0],
    parseDOM: [{ tag: 'th, td', getAttrs: (cell) => (firstRow(cell.parentElement) ? { align: aligned(text(cell, 'data-align')) } : false) }],
    extra: { isolating: true },
  },
  cell: { toDOM: () => ['td', AUTO, 0], parseDOM: [{ tag: 'td, th' }], extra: { isolating: true } },
  image: {
    toDOM: ({ attrs }) => [
      'figure',
      { 'data-src': attrs['src'] as string, 'data-alt': attrs['alt'] as string, 'data-caption': attrs['caption'] as string, 'data-credit': attrs['credit'] as string, 'data-sha256': attrs['sha256'] as string },
      ...shown(attrs['src'] as string),
      ['span', { class: 'alt', ...AUTO }, attrs['alt'] as string],
      ['figcaption', AUTO, attrs['caption'] as string, ...(attrs['credit'] ? [['span', { class: 'credit', ...AUTO }, attrs['credit'] as string]] : [])],
    ],
    parseDOM: [
      {
        tag: 'figure[data-src]',
        getAttrs: (element) => ({
          src: text(element, 'data-src'),
          alt: text(element, 'data-alt'),
          caption: text(element, 'data-caption'),
          credit: text(element, 'data-credit'),
          sha256: digest(text(element, 'data-sha256')),
        }),
      },
    ],
    extra: { draggable: true },
  },
  text: {},
  cite: {
    toDOM: ({ attrs }) => ['span', { class: 'cite', 'data-items': JSON.stringify(attrs['items']) }, ['bdi', labelOf(attrs['items'])]],
    parseDOM: [
      {
        tag: 'span[data-items]',
        getAttrs: (element) => {
          const items = readItems(text(element, 'data-items'));
          return items ? { items } : false;
        },
      },
    ],
  },
  break: { toDOM: () => ['br'], parseDOM: [{ tag: 'br' }], extra: { linebreakReplacement: true } },
  // A suggested end of a paragraph; the style shows it as a line of its own.
  split: { toDOM: () => ['span', { class: 'split' }, ['br']], extra: { atom: true, selectable: false } },
};

function firstRow(row: Element | null): boolean {
  const table = row?.closest('table');
  return Boolean(row && table?.querySelector('tr') === row);
}

const aligned = (word: string) => (['start', 'center', 'end'].includes(word) ? word : 'auto');

const styled = (property: string, test: (value: string) => boolean) => ({ style: property, getAttrs: (value: string | HTMLElement) => (test(String(value)) ? null : false) as null | false });

const suggested = (tag: string) => (mark: Mark): DOMOutputSpec => [tag, { title: say(tag === 'ins' ? 'addedBy' : 'struckBy', nameOf(mark.attrs['by'] as string), when(mark.attrs['at'] as number)), 'data-by': mark.attrs['by'] as string, 'data-at': String(mark.attrs['at']) }, 0];

// Whose suggestion a tracked change of elsewhere becomes is said by whoever takes it in.
export const PASTED = 'pasted';
const pasted = (element: HTMLElement) => ({ by: PASTED, at: Math.min(9999, Number(text(element, 'data-at')) || 0) });

// What is added or struck by somebody is typed on beside, not within; a copy takes along neither mark, nor struck words.
const markLooks: Record<string, MarkSpec> = {
  comment: {
    inclusive: false,
    excludes: '',
    toDOM: (mark) => ['span', { 'data-comment': mark.attrs['id'] as string }, 0],
    parseDOM: [{ tag: 'span[data-comment]', getAttrs: (element) => (/^[\w-]{1,64}$/.test(text(element, 'data-comment')) ? { id: text(element, 'data-comment') } : false) }],
  },
  added: { inclusive: false, toDOM: suggested('ins'), parseDOM: [{ tag: 'span[data-pasted=added]', getAttrs: pasted }] },
  struck: { inclusive: false, toDOM: suggested('del'), parseDOM: [{ tag: 'del[data-by]', ignore: true }, { tag: 'span[data-pasted=struck]', getAttrs: pasted }] },
  link: {
    inclusive: false,
    toDOM: (mark) => ['a', { href: mark.attrs['href'] as string, title: (mark.attrs['title'] as string) || null, rel: 'noopener noreferrer' }, 0],
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (element) => {
          const href = address(text(element, 'href'));
          return href === null ? false : { href, title: text(element, 'title').trim() };
        },
      },
    ],
  },
  em: {
    toDOM: () => ['em', 0],
    parseDOM: [{ tag: 'em' }, { tag: 'i', getAttrs: (element) => (element.style.fontStyle === 'normal' ? false : null) }, styled('font-style', (value) => value === 'italic')],
  },
  strong: {
    toDOM: () => ['strong', 0],
    // Google Docs wraps everything in a <b> that is not bold.
    parseDOM: [
      { tag: 'strong' },
      { tag: 'b', getAttrs: (element) => (element.style.fontWeight === 'normal' ? false : null) },
      styled('font-weight', (value) => /^(bold(er)?|[6-9]\d{2})$/.test(value)),
    ],
  },
  code: { toDOM: () => ['code', { dir: 'ltr' }, 0], parseDOM: [{ tag: 'code' }] },
};

function attrsOf(specs: AttrSpec[] = []): Record<string, AttributeSpec> {
  return Object.fromEntries(
    specs.map((spec) => [
      spec.name,
      {
        ...(spec.default === undefined ? {} : { default: spec.default }),
        validate: (value: unknown) => {
          const found = fault(value, spec);
          if (found) throw new RangeError(`${spec.name}: ${found.message}`);
        },
      },
    ]),
  );
}

const draftMarks = marks.filter(({ draft }) => draft).map(({ name }) => name).join(' ');

export const schema = new Schema({
  nodes: Object.fromEntries(
    nodes.map(({ name, group, content, marks: held, attrs }): [string, NodeSpec] => {
      const { toDOM, parseDOM, extra } = looks[name] ?? {};
      return [
        name,
        {
          ...(group ? { group } : {}),
          ...(content ? { content } : {}),
          ...(content && !held && /text/.test(content) ? { marks: draftMarks } : {}),
          attrs: attrsOf(attrs),
          ...(toDOM ? { toDOM } : {}),
          ...(parseDOM ? { parseDOM } : {}),
          ...(group === 'inline' ? { inline: true } : {}),
          ...(name === 'cite' ? { atom: true, selectable: true } : {}),
          ...extra,
        },
      ];
    }),
  ),
  marks: Object.fromEntries(marks.map(({ name, attrs }) => [name, { ...markLooks[name], attrs: attrsOf(attrs) }])),
});

// Whether a mark is of the draft alone: a suggestion's or a comment's.
export const isDraftMark = (mark: Mark) => marks.some(({ name, draft }) => draft && name === mark.type.name);

export const type = {
  node: (name: string) => {
    const found = schema.nodes[name];
    if (!found) throw new Error(`the schema has no ${name}`);
    return found;
  },
  mark: (name: string) => {
    const found = schema.marks[name];
    if (!found) throw new Error(`the schema has no mark ${name}`);
    return found;
  },
};
