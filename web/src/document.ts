// The document as JSON in its one spelling, and back, refusing whatever the schema does not know.
import { Mark, Node } from 'prosemirror-model';
import { fault, type AttrSpec, type Fault } from './attrs';
import { marks as fileMarks, nodes as fileNodes, isDraftMark, schema } from './schema';

export const MAX_LEVELS = 25;

// Nodes never change, so what has been spelled once is not spelled again: a keystroke costs one paragraph.
const spelled = new WeakMap<Node, string>();

// The bytes that `ovn_edition::editor::write` gives for the same document.
export function write(node: Node): string {
  const known = spelled.get(node);
  if (known !== undefined) return known;
  const parts: string[] = [];
  const specs = fileNodes.find(({ name }) => name === node.type.name)?.attrs;
  if (specs) parts.push(`"attrs":${plain(lean(node.attrs, specs))}`);
  const content = texts(node);
  if (content.length > 0) parts.push(`"content":[${content.join(',')}]`);
  const held = node.isInline ? markList(inOrder(node.marks).filter(isDraftMark)) : '';
  if (held) parts.push(held);
  const out = `{${[...parts, `"type":${JSON.stringify(node.type.name)}`].join(',')}}`;
  spelled.set(node, out);
  return out;
}

// Without what is optional and empty.
const lean = (attrs: Record<string, unknown>, specs: AttrSpec[]) =>
  specs.some(({ optional }) => optional) ? Object.fromEntries(Object.entries(attrs).filter(([key, value]) => value !== '' || !specs.find(({ name }) => name === key)?.optional)) : attrs;

// Marks in the schema's order; ProseMirror has equal ones in the order in which they came.
function inOrder(marks: readonly Mark[]): readonly Mark[] {
  const many = marks.filter(({ type }) => type.name === 'comment');
  if (many.length < 2) return marks;
  many.sort((a, b) => ((a.attrs['id'] as string) < (b.attrs['id'] as string) ? -1 : 1));
  return [...many, ...marks.filter(({ type }) => type.name !== 'comment')];
}

// Children, with text of equal marks as one; only text has marks of the article.
function texts(node: Node): string[] {
  const out: string[] = [];
  let last: { text: string; marks: readonly Mark[] } | null = null;
  const flush = () => {
    if (last) out.push(`{${[markList(last.marks), `"text":${string(last.text)}`, '"type":"text"'].filter(Boolean).join(',')}}`);
    last = null;
  };
  node.forEach((child) => {
    if (!child.isText) {
      flush();
      out.push(write(child));
    } else if (last && Mark.sameSet(last.marks, inOrder(child.marks))) {
      last.text += child.text ?? '';
    } else {
      flush();
      last = { text: child.text ?? '', marks: inOrder(child.marks) };
    }
  });
  flush();
  return out;
}

function markList(marks: readonly Mark[]): string {
  const each = marks.map((mark) => (Object.keys(mark.attrs).length > 0 ? `{"attrs":${plain(mark.attrs)},"type":"${mark.type.name}"}` : `{"type":"${mark.type.name}"}`));
  return each.length > 0 ? `"marks":[${each.join(',')}]` : '';
}

// Half of a character outside the basic plane is no text that JSON's readers agree on.
const string = (text: string) => JSON.stringify(text.toWellFormed?.() ?? text);

function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${plain(inner)}`).join(',')}}`;
  }
  return typeof value === 'string' ? string(value) : JSON.stringify(value);
}

// Why a document is refused; `path` is a JSON Pointer.
export class Refused extends Error {
  constructor(
    readonly path: string,
    message: string,
  ) {
    super(`${path}: ${message}`);
  }
}

// The document that `value` (parsed JSON) is.
export function read(value: unknown): Node {
  const found = check(value, 0);
  if (found) refuse(found);
  if ((value as { type: string }).type !== 'doc') refuse({ path: ['type'], message: 'the outermost node is not doc' });
  try {
    const node = schema.nodeFromJSON(value);
    node.check();
    return node;
  } catch (error) {
    throw new Refused('', String(error));
  }
}

function refuse({ path, message }: Fault): never {
  throw new Refused(path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''), message);
}

const at = (found: Fault | null, ...steps: (string | number)[]): Fault | null => (found ? { ...found, path: [...steps, ...found.path] } : null);
const isMap = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object' && !Array.isArray(value);
const no = (message: string, ...path: (string | number)[]): Fault => ({ path, message });

// Faults in the order in which the program finds them, so that both name the same.
function check(value: unknown, levels: number): Fault | null {
  if (!isMap(value)) return no('a node is not an object');
  const spec = fileNodes.find(({ name }) => name === value['type']);
  if (!spec) return no('the schema has no such node', 'type');
  const extra = Object.keys(value).sort().find((key) => !['type', 'attrs', 'content', 'marks', 'text'].includes(key));
  if (extra !== undefined) return no('a node has no such key', extra);
  const inside = levels + (spec.group === 'block' ? 1 : 0);
  if (inside > MAX_LEVELS) return no('the text is nested too deeply');
  const found = at(attrs(value['attrs'], spec.attrs), 'attrs');
  if (found) return found;
  const isText = spec.name === 'text';
  const text = value['text'];
  if (isText ? typeof text !== 'string' || text === '' : text !== undefined) return no('text nodes and no others have text, and never none', 'text');
  if (value['marks'] !== undefined) {
    const wrong = spec.group === 'inline' ? marks(value['marks']) : no('only what stands in a line has marks');
    if (wrong) return at(wrong, 'marks');
    if (!isText && ofArticle(value['marks'])) return no('only text has marks of the article', 'marks');
  }
  return at(content(value['content'], spec.name, inside), 'content');
}

function content(value: unknown, name: string, levels: number): Fault | null {
  if (value !== undefined && (!Array.isArray(value) || value.length === 0)) return no('content is not a list of nodes');
  const list = (value ?? []) as unknown[];
  let match = schema.nodes[name]?.contentMatch;
  const held = fileNodes.find((node) => node.name === name)?.marks;
  for (const [number, inner] of list.entries()) {
    const found = check(inner, levels);
    if (found) return at(found, number);
    const node = inner as { type: string; marks?: unknown };
    const type = schema.nodes[node.type];
    match = (type && match?.matchType(type)) ?? undefined;
    if (!match) return no('this node may not stand here', number);
    if (!held && ofArticle(node.marks)) return no('this node holds no marks', number, 'marks');
    if (number > 0 && splits(list[number - 1] as { type: string; marks?: unknown }, node)) return no('two texts with equal marks are neighbours', number);
  }
  return match?.validEnd ? null : no('something is missing here');
}

// Whether a list that is one of marks has any that an article may have.
const ofArticle = (marks: unknown) => ((marks ?? []) as { type: string }[]).some(({ type }) => fileMarks.some(({ name, draft }) => !draft && name === type));

type Texty = { type: string; marks?: unknown };
const splits = (last: Texty, next: Texty) => last.type === 'text' && next.type === 'text' && plain(last.marks ?? []) === plain(next.marks ?? []);

function marks(value: unknown): Fault | null {
  if (!Array.isArray(value) || value.length === 0) return no('marks is not a list of marks');
  let last = -1;
  let spelled = '';
  for (const [number, mark] of value.entries()) {
    if (!isMap(mark)) return no('a mark is not an object', number);
    const rank = fileMarks.findIndex(({ name }) => name === mark['type']);
    if (rank < 0) return no('the schema has no such mark', number, 'type');
    const extra = Object.keys(mark).sort().find((key) => !['type', 'attrs'].includes(key));
    if (extra !== undefined) return no('a mark has no such key', number, extra);
    const found = at(attrs(mark['attrs'], fileMarks[rank]?.attrs), number, 'attrs');
    if (found) return found;
    const own = plain(mark['attrs'] ?? {});
    if (rank < last || (rank === last && !(fileMarks[rank]?.many && own > spelled))) return no('marks are not in order, or one stands twice', number);
    [last, spelled] = [rank, own];
  }
  return null;
}

function attrs(value: unknown, specs: AttrSpec[] = []): Fault | null {
  if (value === undefined && specs.length === 0) return null;
  if (!isMap(value) || specs.length === 0) return no('the attributes are missing, or none are due');
  const extra = Object.keys(value).sort().find((key) => specs.every(({ name }) => name !== key));
  if (extra !== undefined) return no('the schema has no such attribute', extra);
  for (const spec of specs) {
    if (spec.optional && !(spec.name in value)) continue;
    if (!(spec.name in value)) return no('the attribute is missing', spec.name);
    if (spec.optional && value[spec.name] === '') return no('an empty attribute is left out', spec.name);
    const found = at(fault(value[spec.name], spec), spec.name);
    if (found) return found;
  }
  return null;
}

// An empty document in this language.
export function empty(lang: string): Node {
  return schema.nodeFromJSON({ type: 'doc', attrs: { lang }, content: [{ type: 'headline' }, { type: 'standfirst' }, { type: 'paragraph' }] });
}
