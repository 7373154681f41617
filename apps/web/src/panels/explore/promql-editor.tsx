import { autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { EditorDesk } from './editor-desk.js';
import type { ErrorPosition } from './error-position.js';
import classes from './promql-editor.module.css';
import type { PromqlSupport } from './promql-support.js';
import { promqlTheme } from './promql-theme.js';
import { markRefused, refusedMark } from './refused-mark.js';

interface PromqlEditorProps {
  readonly id: number;
  readonly label: string;
  readonly text: string;
  readonly support: PromqlSupport;
  readonly desk: EditorDesk;
  /** What the server refused in this very text. */
  readonly refused: ErrorPosition | null;
  readonly onChange: (text: string) => void;
  readonly onRun: () => void;
}

const NOWHERE: ErrorPosition = { from: 0, to: 0 };

/** One query: highlighted, checked and completed while it is typed. Ctrl or Cmd with Enter runs; Tab leaves. */
export function PromqlEditor({ id, label, text, support, desk, refused, onChange, onRun }: PromqlEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const first = useRef(text);
  const handlers = useRef({ onChange, onRun });
  useEffect(() => {
    handlers.current = { onChange, onRun };
  });

  useEffect(() => {
    if (box.current === null) return;
    const told = EditorView.updateListener.of((update) => {
      if (update.docChanged) handlers.current.onChange(update.state.doc.toString());
      if (update.focusChanged && update.view.hasFocus) desk.use(id);
    });
    const run = { key: 'Mod-Enter', run: (view: EditorView) => (closeCompletion(view), handlers.current.onRun(), true) };
    const made = new EditorView({
      parent: box.current,
      state: EditorState.create({ doc: first.current, extensions: [Prec.highest(keymap.of([run])), told, ...editing(label), support.extension, refusedMark, promqlTheme] }),
    });
    view.current = made;
    const leave = desk.add(id, made);
    return () => {
      leave();
      first.current = made.state.doc.toString();
      made.destroy();
      view.current = null;
    };
  }, [id, label, support, desk]);

  useEffect(() => {
    const now = view.current?.state.doc.toString();
    if (now !== undefined && now !== text) view.current?.dispatch({ changes: { from: 0, to: now.length, insert: text } });
  }, [text]);

  const { from, to } = refused ?? NOWHERE;
  useEffect(() => view.current?.dispatch({ effects: markRefused.of({ from, to }) }), [from, to]);

  return <div ref={box} className={classes.editor} />;
}

function editing(label: string): readonly Extension[] {
  return [
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
    placeholder('PromQL, such as rate(http_requests_total[5m])'),
  ];
}
