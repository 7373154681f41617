import { Mesh } from 'three';
import type { InstancedBufferGeometry, Scene, ShaderMaterial } from 'three';
import { PALETTE } from '../model/palette.js';
import { EDGE_GLSL } from './edge-glsl.js';
import { EDGE_TEXELS } from './edge-table.js';
import type { EdgeTable } from './edge-table.js';
import type { EdgeUniforms } from './edge-uniforms.js';
import { laneMaterial } from './edges.layer.js';
import { rgb } from './rgb.js';
import { stripGeometry, withRows } from './strip-geometry.js';

const SEGMENTS = 40;
const HALF_WIDTH_PX = 8;
// Pixels from one stripe to the next; wide enough to stay a hatch at half resolution.
const STRIPE_PX = 9;

const VERTEX = /* glsl */ `
${EDGE_GLSL}
in vec2 aPlace;
in float aRow;
out float vAcross;
out float vAlong;
out float vAlongPx;
out float vStrength;
void main() {
  int row = int(aRow + 0.5);
  float t = mix(0.06, 0.94, aPlace.x);
  vec2 way = screenWay(row, t);
  vec4 a = toClip(onCurve(row, 0.0));
  vec4 m = toClip(onCurve(row, 0.5));
  vec4 b = toClip(onCurve(row, 1.0));
  float lengthPx = (length((m.xy / m.w - a.xy / a.w) * uResolution) + length((b.xy / b.w - m.xy / m.w) * uResolution)) * 0.5 / uPixelRatio;
  vAcross = aPlace.y * (${HALF_WIDTH_PX.toFixed(1)} + 6.0);
  vAlong = aPlace.x;
  vAlongPx = aPlace.x * lengthPx;
  vStrength = edgeTexel(row, ${EDGE_TEXELS.p1}).w;
  gl_Position = offsetPx(toClip(onCurve(row, t)), vec2(-way.y, way.x) * vAcross);
}`;

const FRAGMENT = /* glsl */ `
uniform vec3 uFault;
uniform float uHatched; // 1: hatch and border; 0: a dashed border alone
in float vAcross;
in float vAlong;
in float vAlongPx;
in float vStrength;
out vec4 outColour;
void main() {
  float half_ = ${HALF_WIDTH_PX.toFixed(1)};
  float from = abs(vAcross);
  float inside = 1.0 - smoothstep(half_ - 0.7, half_ + 0.7, from);
  float dash = mix(smoothstep(0.3, 0.4, abs(fract(vAlongPx / 14.0) - 0.5) * 2.0), 1.0, uHatched);
  float border = inside * smoothstep(half_ - 2.0, half_ - 1.0, from) * dash;
  float stripe = abs(fract((vAlongPx + vAcross) / ${STRIPE_PX.toFixed(1)}) - 0.5) * 2.0;
  float hatch = smoothstep(0.45, 0.62, stripe) * inside * uHatched;
  // The lane and its dots stay readable in the middle of the sleeve.
  float lane = smoothstep(1.5, 4.5, from);
  float glow = exp(-pow(max(0.0, from - half_) / 2.8, 2.0)) * 0.22;
  float ends = smoothstep(0.0, 0.015, vAlong) * smoothstep(1.0, 0.985, vAlong);
  float cover = max(border * 0.95, hatch * mix(0.32, 0.85, lane)) * ends;
  float base = inside * 0.20 * ends;
  float light = max(max(cover, base), glow * ends) * vStrength;
  outColour = vec4(uFault * light, max(cover, base) * vStrength);
}`;

/** A sleeve around every edge on which something acts: hatched where a lease ends it, dashed where nothing does. */
export class FaultsLayer {
  private readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;

  constructor(
    private readonly scene: Scene,
    uniforms: EdgeUniforms,
    style: 'hatched' | 'dashed',
  ) {
    const material = laneMaterial(VERTEX, FRAGMENT, uniforms);
    material.uniforms['uFault'] = { value: rgb(PALETTE.fault) };
    material.uniforms['uHatched'] = { value: style === 'hatched' ? 1 : 0 };
    this.mesh = new Mesh(stripGeometry(SEGMENTS, 16), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 20;
    scene.add(this.mesh);
  }

  update(edgeIds: Iterable<number>, table: EdgeTable): void {
    const rows = [...edgeIds].map((id) => table.rowOf(id)).filter((row) => row !== null);
    this.mesh.geometry = withRows(this.mesh.geometry, rows, SEGMENTS);
  }

  dispose(): void {
    this.scene.remove(this.mesh);
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
