import type { EditorState } from '@codemirror/state';
import { StateEffect, StateField } from '@codemirror/state';
import type { DecorationSet } from '@codemirror/view';
import { Decoration, EditorView } from '@codemirror/view';
import type { ErrorPosition } from './error-position.js';

/** Marks the place that the server refused; an empty one takes the mark away. */
export const markRefused = StateEffect.define<ErrorPosition>();

const refused = Decoration.mark({ class: 'cm-refused' });

function marksOf(state: EditorState, position: ErrorPosition): DecorationSet {
  const to = Math.min(position.to, state.doc.length);
  return position.from < to ? Decoration.set([refused.range(position.from, to)]) : Decoration.none;
}

/** Holds the mark until the text changes: then it says nothing any more. */
export const refusedMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { effects, docChanged, state }) {
    const told = effects.findLast((effect) => effect.is(markRefused));
    if (told !== undefined) return marksOf(state, told.value);
    return docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});
