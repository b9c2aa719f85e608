// What closed or killed tabs have left on the device comes to the server from the next one.
import type { Node } from 'prosemirror-model';
import { EditorState } from 'prosemirror-state';
import { read } from './document';
import { Room, type Host, type Kept, type Options } from './room';
import { resume, together } from './together';

// Sends what a tab left behind that was closed or killed before the server had it. Gives the version in which the server has it; null when it does not.
export async function rescue(kept: Kept, to: Pick<Options, 'place' | 'desk' | 'device' | 'clock'>): Promise<number | null> {
  const begin = (doc: Node, version: number) => EditorState.create({ doc, plugins: [together(version)] });
  let state = begin(read(JSON.parse(kept.base)), kept.version);
  state = state.apply(resume(state, kept.steps));
  const host: Host = {
    state: () => state,
    dispatch: (tr) => (state = state.apply(tr)),
    rebuild: (doc, version) => (state = begin(doc, version)),
    composing: () => false,
  };
  const nothing = () => undefined;
  const room = new Room({ ...to, writer: kept.writer, host, hash: async () => '', tell: nothing, aside: nothing, references: nothing, others: nothing });
  const sent = await room.flush();
  room.end();
  return sent ? room.at : null;
}
