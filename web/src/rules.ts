// Markdown's marks become what they mean as they are typed; nothing happens while an input method composes, which
// prosemirror-inputrules sees to.
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import type { Attrs, MarkType } from 'prosemirror-model';
import type { Plugin } from 'prosemirror-state';
import { type } from './schema';

// `**bold**` and the like: what stands between the marks gets the mark, and the marks go.
function marked(pattern: RegExp, mark: MarkType): InputRule {
  return new InputRule(
    pattern,
    (state, match, start, end) => {
      const [whole, before = '', inner = ''] = match;
      const { $from } = state.selection;
      if (!inner.trim() || inner !== inner.trim() || !$from.parent.type.allowsMarkType(mark)) return null;
      const from = start + before.length;
      const sign = (whole.length - before.length - inner.length + 1) >> 1;
      // The last sign is being typed and is not in the text yet.
      const tr = state.tr;
      const innerEnd = from + sign + inner.length;
      if (end > innerEnd) tr.delete(innerEnd, end);
      tr.delete(from, from + sign);
      tr.addMark(from, from + inner.length, mark.create());
      return tr.removeStoredMark(mark);
    },
    { inCodeMark: false },
  );
}

const number = (match: RegExpMatchArray): Attrs => ({ start: Math.min(999_999_999, Number(match[1])), tight: true });

export function shortcuts(): Plugin {
  const rule = new InputRule(/^(?:---|\*\*\*|___)\s$/, (state, _match, start, end) => {
    const $start = state.doc.resolve(start);
    if ($start.parent.type.name !== 'paragraph' || $start.parent.content.size > 3) return null;
    return state.tr.delete(start, end).insert($start.before(), type.node('rule').create());
  });
  return inputRules({
    rules: [
      textblockTypeInputRule(/^(#{2,6})\s$/, type.node('heading'), (match) => ({ level: (match[1] ?? '').length })),
      textblockTypeInputRule(/^```([\w.+#-]*)\s$/, type.node('codeblock'), (match) => ({ info: match[1] ?? '' })),
      wrappingInputRule(/^\s*([-+*])\s$/, type.node('bullets')),
      wrappingInputRule(/^(\d{1,9})[.)]\s$/, type.node('numbers'), number, (match, node) => node.childCount + (node.attrs['start'] as number) === Number(match[1])),
      wrappingInputRule(/^\s*>\s$/, type.node('quote')),
      rule,
      marked(/(^|[^*])\*\*([^*]+)\*\*$/, type.mark('strong')),
      marked(/(^|[^*])\*([^*]+)\*$/, type.mark('em')),
      marked(/(^|[^_\p{L}\p{N}])_([^_]+)_$/u, type.mark('em')),
      marked(/(^|[^`])`([^`]+)`$/, type.mark('code')),
      new InputRule(/(?<=\S\s?)--$/, '–', { inCodeMark: false }),
      new InputRule(/–-$/, '—', { inCodeMark: false }),
    ],
  });
}
