import type { EditorView } from '@codemirror/view';

/** The editors of the page, so that what is chosen elsewhere lands in the one that was used last. */
export class EditorDesk {
  readonly #views = new Map<number, EditorView>();
  #lastUsed: number | null = null;

  add(id: number, view: EditorView): () => void {
    this.#views.set(id, view);
    return () => {
      if (this.#views.get(id) === view) this.#views.delete(id);
    };
  }

  use(id: number): void {
    this.#lastUsed = id;
  }

  /** Writes over the selection, or at the caret, and goes on there. */
  insert(text: string): void {
    const view = (this.#lastUsed === null ? undefined : this.#views.get(this.#lastUsed)) ?? [...this.#views.values()].at(-1);
    if (view === undefined) return;
    view.dispatch(view.state.replaceSelection(text), { scrollIntoView: true });
    view.focus();
  }
}
