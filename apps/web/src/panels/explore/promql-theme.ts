import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { PALETTE } from '../../model/palette.js';

const { text, textSecondary, panel, failing, degraded, healthy } = PALETTE;

const frame = EditorView.theme(
  {
    '&': { color: text, backgroundColor: 'transparent', fontSize: '13.5px' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
    '.cm-content': { padding: '7px 0', caretColor: text },
    '.cm-line': { padding: '0 10px' },
    '.cm-cursor': { borderLeftColor: text },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: '#2a4a5c' },
    '.cm-placeholder': { color: '#7A8896' },
    '&.cm-focused .cm-matchingBracket': { backgroundColor: '#2b3b4b', outline: 'none' },
    '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'transparent', color: failing },
    '.cm-tooltip': { border: '1px solid var(--fl-control)', borderRadius: '7px', backgroundColor: panel, color: text, overflow: 'hidden' },
    // An underscore hangs below its line.
    '.cm-tooltip.cm-tooltip-autocomplete': { marginTop: '4px' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '12.5px', maxHeight: '260px' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 9px', lineHeight: '1.45' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: '#1d3340', color: text },
    '.cm-completionIcon': { display: 'none' },
    '.cm-completionMatchedText': { textDecoration: 'none', color: healthy },
    '.cm-completionDetail': { color: textSecondary, fontStyle: 'normal', marginLeft: '12px' },
    '.cm-tooltip.cm-completionInfo': { padding: '8px 11px', maxWidth: '340px', fontSize: '12.5px', lineHeight: '1.45' },
    '.cm-diagnostic': { padding: '6px 10px', borderLeft: `3px solid ${failing}`, fontSize: '12.5px' },
    '.cm-diagnostic-warning': { borderLeftColor: degraded },
    '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: `underline wavy ${failing}`, textUnderlineOffset: '3px' },
    '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: `underline wavy ${degraded}`, textUnderlineOffset: '3px' },
    '.cm-refused': { backgroundColor: `${failing}40`, borderRadius: '3px', boxShadow: `0 2px 0 ${failing}` },
  },
  { dark: true },
);

const words = HighlightStyle.define([
  { tag: [tags.variableName, tags.definition(tags.variableName)], color: text },
  { tag: tags.labelName, color: '#A3E4F8' },
  { tag: tags.string, color: '#F2C98A' },
  { tag: [tags.number, tags.integer], color: '#B8DC8A' },
  { tag: [tags.function(tags.variableName), tags.keyword, tags.modifier], color: '#7DBBFF' },
  { tag: [tags.operator, tags.operatorKeyword, tags.arithmeticOperator, tags.logicOperator, tags.compareOperator], color: textSecondary },
  { tag: [tags.paren, tags.squareBracket, tags.brace], color: textSecondary },
  { tag: tags.comment, color: '#7A8896', fontStyle: 'italic' },
  { tag: tags.invalid, color: failing },
]);

/** The look of PromQL: names of metrics plain and bright, what is done to them in blue, values in warm colours. */
export const promqlTheme = [frame, syntaxHighlighting(words)];
