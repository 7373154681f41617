import { BufferAttribute, InstancedBufferGeometry, InstancedBufferAttribute } from 'three';

/**
 * A flat strip that a shader lays along an edge, once per instance; `aPlace` is (t along the edge, side -1 or 1), `aRow` the edge's row.
 *
 *   -1  o----o----o-- ... --o
 *       |  / |  / |         |
 *    1  o----o----o-- ... --o
 *      t=0                 t=1
 */
export function stripGeometry(segments: number, capacity: number): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  const place = new Float32Array((segments + 1) * 4);
  const index: number[] = [];
  for (let i = 0; i <= segments; i++) {
    place.set([i / segments, -1, i / segments, 1], i * 4);
    if (i < segments) index.push(2 * i, 2 * i + 1, 2 * i + 2, 2 * i + 1, 2 * i + 3, 2 * i + 2);
  }
  geometry.setAttribute('aPlace', new BufferAttribute(place, 2));
  geometry.setIndex(index);
  geometry.setAttribute('aRow', new InstancedBufferAttribute(new Float32Array(capacity), 1));
  geometry.instanceCount = 0;
  return geometry;
}

/** Says which rows to draw. A geometry that is too small for them is replaced by a larger one, which is returned. */
export function withRows(geometry: InstancedBufferGeometry, rows: readonly number[], segments: number): InstancedBufferGeometry {
  const attribute = geometry.getAttribute('aRow');
  let fitting = geometry;
  if (rows.length > attribute.count) {
    geometry.dispose();
    fitting = stripGeometry(segments, Math.max(rows.length, attribute.count * 2));
  }
  const rowAttribute = fitting.getAttribute('aRow');
  rows.forEach((row, i) => rowAttribute.setX(i, row));
  rowAttribute.needsUpdate = true;
  fitting.instanceCount = rows.length;
  return fitting;
}
