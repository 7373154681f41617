import type { LabelBox } from '../layout/place-labels.js';
import type { ScreenPoint } from '../layout/pick.js';
import { PALETTE } from '../model/palette.js';
import { countdownArc, openRing } from './countdown-arc.js';
import type { LabelSpec } from './label-specs.js';

export interface LabelElement {
  readonly element: HTMLElement;
  readonly spec: LabelSpec;
  say(spec: LabelSpec): void;
  boxAt(point: ScreenPoint | null): LabelBox | null;
  /** At the box, or hidden. */
  show(box: LabelBox | null): void;
}

// Two pixels of the background around every letter keep names readable on lanes and dots.
const HALO = ['1px 0', '-1px 0', '0 1px', '0 -1px', '1px 1px', '-1px -1px', '1px -1px', '-1px 1px']
  .map((offset) => `${offset} 1px rgba(10, 14, 20, 0.8)`)
  .concat('0 0 6px rgba(10, 14, 20, 0.9)')
  .join(', ');

const TEXT: Readonly<Record<LabelSpec['kind'], Partial<CSSStyleDeclaration>>> = {
  region: { fontSize: '11px', fontWeight: '600', letterSpacing: '0.16em', textTransform: 'uppercase', color: PALETTE.textSecondary, textAlign: 'left', textShadow: HALO },
  node: { fontSize: '12px', fontWeight: '500', textAlign: 'center', textShadow: HALO },
  fault: { fontSize: '12px', fontWeight: '600', textAlign: 'center' },
  toxic: { fontSize: '12px', fontWeight: '600', textAlign: 'center' },
};

const PILL: Partial<CSSStyleDeclaration> = {
  padding: '4px 9px',
  borderRadius: '7px',
  background: 'rgba(18, 25, 35, 0.92)',
  border: `1px solid ${PALETTE.rule}`,
  boxShadow: '0 4px 14px rgba(0, 0, 0, 0.45)',
};
const FAULT_PILL: Partial<CSSStyleDeclaration> = { ...PILL, background: 'rgba(30, 19, 42, 0.94)', display: 'flex', alignItems: 'center', gap: '7px' };
const FRAME: Readonly<Record<LabelSpec['kind'], Partial<CSSStyleDeclaration>>> = {
  region: {},
  node: {},
  fault: { ...FAULT_PILL, border: `1px solid ${PALETTE.fault}` },
  toxic: { ...FAULT_PILL, border: `1px dashed ${PALETTE.fault}` },
};

const TONE: Readonly<Record<LabelSpec['tone'], { text: string; detail: string }>> = {
  plain: { text: PALETTE.text, detail: PALETTE.textSecondary },
  degraded: { text: PALETTE.text, detail: PALETTE.degraded },
  failing: { text: PALETTE.text, detail: PALETTE.failing },
  fault: { text: PALETTE.text, detail: '#CFA6F2' },
  old: { text: PALETTE.textSecondary, detail: '#8494A4' },
};

interface Anchor {
  readonly x: number;
  readonly y: number;
  readonly rightPx?: number;
  readonly downPx: number;
}
/** How a box lies on its point: share of its width and height to the left of and above it, and pixels further on. */
const ANCHOR: Readonly<Record<LabelSpec['kind'], Anchor>> = {
  region: { x: 0, y: 1, downPx: -7 },
  node: { x: 0.5, y: 0, downPx: 3 },
  fault: { x: 0.5, y: 1, downPx: -14 },
  toxic: { x: 0.5, y: 1, downPx: -14 },
};

const BESIDE: Anchor = { x: 0, y: 0.5, rightPx: 16, downPx: 0 };

export function createLabel(first: LabelSpec): LabelElement {
  const element = document.createElement('div');
  const [text, detail] = [document.createElement('div'), document.createElement('div')];
  const arc = first.kind === 'fault' ? countdownArc(PALETTE.fault) : null;
  const shape: Partial<CSSStyleDeclaration> = { position: 'absolute', left: '0', top: '0', whiteSpace: 'nowrap', lineHeight: '15px', opacity: '0', transition: 'opacity 150ms linear' };
  Object.assign(element.style, shape, TEXT[first.kind], FRAME[first.kind]);
  Object.assign(detail.style, { fontSize: '11px', fontWeight: '500', letterSpacing: 'normal', textTransform: 'none' });
  const glyph = arc?.element ?? (first.kind === 'toxic' ? openRing(PALETTE.fault) : null);
  element.append(...(glyph === null ? [] : [glyph]), text, detail);
  let spec = first;
  let size: { width: number; height: number } | null = null;
  return {
    element,
    get spec() {
      return spec;
    },
    say(next) {
      if (size === null || next.text !== spec.text || next.detail.length !== detail.textContent?.length) size = null;
      spec = next;
      const name = next.kind === 'node' ? shorten(next.text) : next.text;
      if (text.textContent !== name) text.textContent = name;
      if (detail.textContent !== next.detail) detail.textContent = next.detail;
      detail.style.display = next.detail === '' ? 'none' : '';
      if (next.kind !== 'region') text.style.color = TONE[next.tone].text;
      detail.style.color = TONE[next.tone].detail;
      arc?.show(next.left);
    },
    boxAt(point) {
      if (point === null) return null;
      size ??= { width: element.offsetWidth, height: element.offsetHeight };
      const anchor = spec.beside ? BESIDE : ANCHOR[spec.kind];
      return { key: spec.key, left: point.x - size.width * anchor.x + (anchor.rightPx ?? 0), top: point.y - size.height * anchor.y + anchor.downPx, ...size, priority: spec.priority };
    },
    show(box) {
      element.style.opacity = box === null ? '0' : spec.dimmed ? '0.28' : '1';
      // Whole pixels: text between pixels is blurred text.
      if (box !== null) element.style.transform = `translate(${Math.round(box.left)}px, ${Math.round(box.top)}px)`;
    },
  };
}

const LONGEST = 28;

/** Cuts the middle of a long name: names of one system differ at both ends. */
function shorten(name: string): string {
  if (name.length <= LONGEST) return name;
  const half = (LONGEST - 1) / 2;
  return `${name.slice(0, Math.ceil(half))}…${name.slice(-Math.floor(half))}`;
}
