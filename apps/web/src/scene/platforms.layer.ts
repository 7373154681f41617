import { DoubleSide, GLSL3, Group, Mesh, PlaneGeometry, ShaderMaterial, Shape, ExtrudeGeometry } from 'three';
import type { BufferGeometry, Scene } from 'three';
import type { Platform } from '../layout/layout.js';

const CORNER = 1.35;
const THICKNESS = 0.3;
const GLOW_REACH = 3.4;

const VERTEX = /* glsl */ `
out vec3 vAt;
out vec3 vNormal;
void main() {
  vAt = position;
  vNormal = normal;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

const ROUNDED_BOX = /* glsl */ `
float roundedBox(vec2 p, vec2 halfSize, float r) {
  vec2 q = abs(p) - halfSize + r;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - r;
}`;

// Top: dark glass with light gathered at its rim, brightest at the front; side: a thin lit edge. Low in chroma, because it means nothing.
const SLAB = /* glsl */ `
uniform vec2 uHalf;
uniform float uStrength;
${ROUNDED_BOX}
in vec3 vAt;
in vec3 vNormal;
out vec4 outColour;
void main() {
  float inside = -roundedBox(vAt.xy, uHalf, ${CORNER.toFixed(2)});
  float front = smoothstep(uHalf.y, -uHalf.y, vAt.y);
  float px = fwidth(inside);
  if (vNormal.z > 0.5) {
    float line = 1.0 - smoothstep(0.035, 0.035 + px, abs(inside - 0.04));
    float rim = exp(-inside * 1.7);
    vec3 base = mix(vec3(0.066, 0.098, 0.133), vec3(0.100, 0.146, 0.192), front);
    vec3 colour = base + rim * mix(vec3(0.035, 0.060, 0.080), vec3(0.060, 0.105, 0.135), front);
    colour += line * mix(vec3(0.10, 0.16, 0.20), vec3(0.22, 0.36, 0.43), front);
    outColour = vec4(colour, mix(0.80, 0.88, front) * uStrength);
  } else {
    float depth = clamp(-vAt.z / ${THICKNESS.toFixed(2)}, 0.0, 1.0);
    vec3 colour = mix(vec3(0.135, 0.205, 0.255), vec3(0.045, 0.066, 0.090), depth);
    outColour = vec4(colour, 0.95 * uStrength);
  }
}`;

const GLOW = /* glsl */ `
uniform vec2 uHalf;
uniform float uStrength;
${ROUNDED_BOX}
in vec3 vAt;
in vec3 vNormal;
out vec4 outColour;
void main() {
  float outside = max(0.0, roundedBox(vAt.xy, uHalf, ${CORNER.toFixed(2)}));
  float light = exp(-outside * 0.95) * 0.34 * uStrength;
  outColour = vec4(vec3(0.115, 0.225, 0.290), light * smoothstep(${GLOW_REACH.toFixed(1)}, 1.0, outside));
}`;

interface Drawn {
  readonly group: Group;
  readonly width: number;
  readonly depth: number;
}

/** A slab for each region, with a soft light beneath. */
export class PlatformsLayer {
  private readonly drawn = new Map<number, Drawn>();

  constructor(private readonly scene: Scene) {}

  update(platforms: ReadonlyMap<number, Platform>): void {
    for (const id of [...this.drawn.keys()]) if (!platforms.has(id)) this.remove(id);
    for (const [id, platform] of platforms) {
      const before = this.drawn.get(id);
      if (before !== undefined && (before.width !== platform.width || before.depth !== platform.depth)) this.remove(id);
      const { group } = this.drawn.get(id) ?? this.add(id, platform);
      group.position.set(platform.x, 0, platform.z);
    }
  }

  dispose(): void {
    for (const id of [...this.drawn.keys()]) this.remove(id);
  }

  private add(id: number, { width, depth }: Platform): Drawn {
    const group = new Group();
    const half = [width / 2, depth / 2];
    group.rotation.x = -Math.PI / 2;
    group.add(piece(slabGeometry(width, depth), SLAB, { half, order: 0, z: 0 }));
    group.add(piece(new PlaneGeometry(width + 2 * GLOW_REACH, depth + 2 * GLOW_REACH), GLOW, { half, order: -5, z: -0.85 }));
    this.scene.add(group);
    const drawn = { group, width, depth };
    this.drawn.set(id, drawn);
    return drawn;
  }

  private remove(id: number): void {
    const drawn = this.drawn.get(id);
    if (drawn === undefined) return;
    this.drawn.delete(id);
    this.scene.remove(drawn.group);
    for (const child of drawn.group.children) {
      if (!(child instanceof Mesh)) continue;
      child.geometry.dispose();
      child.material.dispose();
    }
  }
}

interface PieceOptions {
  readonly half: readonly number[];
  readonly order: number;
  readonly z: number;
}

function piece(geometry: BufferGeometry, fragmentShader: string, { half, order, z }: PieceOptions): Mesh {
  const uniforms = { uHalf: { value: half }, uStrength: { value: 1 } };
  const material = new ShaderMaterial({ glslVersion: GLSL3, vertexShader: VERTEX, fragmentShader, uniforms, transparent: true, depthWrite: false, side: DoubleSide });
  const mesh = new Mesh(geometry, material);
  mesh.renderOrder = order;
  mesh.position.z = z;
  return mesh;
}

/** A rounded plate whose top lies at z = 0. */
function slabGeometry(width: number, depth: number): ExtrudeGeometry {
  const [w, d, r] = [width / 2, depth / 2, CORNER];
  const shape = new Shape();
  shape.moveTo(-w + r, -d);
  shape.lineTo(w - r, -d).absarc(w - r, -d + r, r, -Math.PI / 2, 0, false);
  shape.lineTo(w, d - r).absarc(w - r, d - r, r, 0, Math.PI / 2, false);
  shape.lineTo(-w + r, d).absarc(-w + r, d - r, r, Math.PI / 2, Math.PI, false);
  shape.lineTo(-w, -d + r).absarc(-w + r, -d + r, r, Math.PI, Math.PI * 1.5, false);
  const geometry = new ExtrudeGeometry(shape, { depth: THICKNESS, bevelEnabled: false, curveSegments: 14 });
  geometry.translate(0, 0, -THICKNESS);
  return geometry;
}
