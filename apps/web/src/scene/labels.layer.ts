import type { Point } from '../layout/layout.js';
import { placeLabels } from '../layout/place-labels.js';
import type { ScreenPoint } from '../layout/pick.js';
import { PALETTE } from '../model/palette.js';
import { createLabel } from './label-element.js';
import type { LabelElement } from './label-element.js';
import type { LabelSpec } from './label-specs.js';

/** From a point of the world to the screen, in CSS pixels; null behind the camera. */
export type ToScreen = (point: Point) => ScreenPoint | null;

/**
 * Names and marks as DOM over the canvas: the sharpest text there is. Positions are transforms, so a moving camera causes no page layout.
 * Hidden from assistive technology: the table is the picture's twin there.
 */
export class LabelsLayer {
  private readonly root: HTMLElement;
  private readonly drawn = new Map<string, LabelElement>();
  private visible: ReadonlySet<string> = new Set();

  constructor(container: HTMLElement) {
    this.root = document.createElement('div');
    this.root.setAttribute('aria-hidden', 'true');
    Object.assign(this.root.style, {
      position: 'absolute',
      inset: '0',
      overflow: 'hidden',
      pointerEvents: 'none',
      userSelect: 'none',
      color: PALETTE.text,
      fontFamily: 'Inter, "IBM Plex Sans", system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
      fontVariantNumeric: 'tabular-nums',
    });
    container.append(this.root);
  }

  update(specs: readonly LabelSpec[]): void {
    const wanted = new Map(specs.map((spec) => [spec.key, spec]));
    for (const [key, label] of this.drawn) {
      if (wanted.has(key)) continue;
      label.element.remove();
      this.drawn.delete(key);
    }
    for (const [key, spec] of wanted) {
      const label = this.drawn.get(key) ?? this.add(key, spec);
      label.say(spec);
    }
  }

  /** Puts each label where its point is now, and hides those that would cover a more important one. */
  place(toScreen: ToScreen): void {
    const boxes = [...this.drawn.values()].flatMap((label) => label.boxAt(toScreen(label.spec.at)) ?? []);
    this.visible = placeLabels(boxes, this.visible);
    const byKey = new Map(boxes.map((box) => [box.key, box]));
    for (const [key, label] of this.drawn) label.show(this.visible.has(key) ? (byKey.get(key) ?? null) : null);
  }

  dispose(): void {
    this.root.remove();
    this.drawn.clear();
  }

  private add(key: string, spec: LabelSpec): LabelElement {
    const label = createLabel(spec);
    this.root.append(label.element);
    this.drawn.set(key, label);
    return label;
  }
}
