const SVG = 'http://www.w3.org/2000/svg';
const RADIUS = 6.5;
const AROUND = 2 * Math.PI * RADIUS;

export interface CountdownArc {
  readonly element: SVGSVGElement;
  /** Share that is left, 0 to 1; null while it is not known. */
  show(left: number | null): void;
}

const BOLT = { d: 'M9.8 4.6 6.6 9.6h2l-.5 3.8 3.3-5.1h-2z', fill: '#E6EDF3' };

/** The glyph of a fault, a bolt, inside an arc that runs out with it. */
export function countdownArc(colour: string): CountdownArc {
  const element = shape('svg', { width: '18', height: '18', viewBox: '0 0 18 18', fill: 'none' });
  const track = shape('circle', { cx: '9', cy: '9', r: String(RADIUS), stroke: colour, 'stroke-opacity': '0.3', 'stroke-width': '2' });
  const arc = shape('circle', { cx: '9', cy: '9', r: String(RADIUS), stroke: colour, 'stroke-width': '2', 'stroke-linecap': 'round', transform: 'rotate(-90 9 9)', 'stroke-dasharray': String(AROUND) });
  const bolt = shape('path', BOLT);
  element.append(track, arc, bolt);
  return { element, show: (left) => arc.setAttribute('stroke-dashoffset', String(AROUND * (1 - (left ?? 1)))) };
}

/** The same bolt in a broken ring: nothing counts down, nothing ends it by itself. */
export function openRing(colour: string): SVGSVGElement {
  const element = shape('svg', { width: '18', height: '18', viewBox: '0 0 18 18', fill: 'none' });
  element.append(shape('circle', { cx: '9', cy: '9', r: String(RADIUS), stroke: colour, 'stroke-width': '2', 'stroke-dasharray': '3.2 3.6' }), shape('path', BOLT));
  return element;
}

function shape<K extends keyof SVGElementTagNameMap>(name: K, attributes: Readonly<Record<string, string>>): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
