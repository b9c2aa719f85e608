// A browser tells of a new selection a moment after the key or click that made it; what follows at once, as from a fast
// hand or a switch device, must not act on the selection before.
import { Plugin } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';

// What prosemirror-view does itself when it is told; its types keep the method to themselves.
function look(view: EditorView): boolean {
  if (!view.composing) (view as unknown as { domObserver: { flush: () => void } }).domObserver.flush();
  return false;
}

export const prompt = (): Plugin => new Plugin({ props: { handleDOMEvents: { keydown: look, paste: look, cut: look, copy: look } } });
