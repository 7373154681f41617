/** A label that asks for room on screen; pixels, y down. */
export interface LabelBox {
  readonly key: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Larger wins where two would overlap. */
  readonly priority: number;
}

// A visible label must be beaten clearly before it goes: equals that pass each other while the camera moves would flicker.
const STAY_BONUS = 0.5;
const AIR_PX = 2;

/** Keys of the labels that fit without covering each other, the most important first; ties by name, so the choice holds still. */
export function placeLabels(boxes: readonly LabelBox[], visibleBefore: ReadonlySet<string>): ReadonlySet<string> {
  const weight = (box: LabelBox) => box.priority + (visibleBefore.has(box.key) ? STAY_BONUS : 0);
  const ordered = [...boxes].sort((a, b) => weight(b) - weight(a) || (a.key < b.key ? -1 : 1));
  const placed: LabelBox[] = [];
  for (const box of ordered) if (placed.every((other) => !overlaps(box, other))) placed.push(box);
  return new Set(placed.map((box) => box.key));
}

function overlaps(a: LabelBox, b: LabelBox): boolean {
  return (
    a.left < b.left + b.width + AIR_PX && b.left < a.left + a.width + AIR_PX && a.top < b.top + b.height + AIR_PX && b.top < a.top + a.height + AIR_PX
  );
}
