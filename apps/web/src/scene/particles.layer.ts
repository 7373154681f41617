import { BufferAttribute, DynamicDrawUsage, InstancedBufferAttribute, InstancedBufferGeometry, Mesh } from 'three';
import type { Scene, ShaderMaterial } from 'three';
import { PALETTE } from '../model/palette.js';
import { DotPool } from './dot-pool.js';
import { EDGE_GLSL } from './edge-glsl.js';
import { EDGE_TEXELS } from './edge-table.js';
import type { EdgeUniforms } from './edge-uniforms.js';
import { laneMaterial } from './edges.layer.js';
import { rgb } from './rgb.js';

// The budget of dots a second (dot-flow.ts) times the longest way, with room for a scale that is about to change.
const CAPACITY = 8_192;

const VERTEX = /* glsl */ `
${EDGE_GLSL}
uniform float uNow;
uniform float uChevron;
in vec2 aCorner;
in vec4 aDot; // edge row, left at, 1 / travel seconds, outcome + place in the lane
out vec2 vAt; // pixels from the middle, x along the way
out float vStrength;
flat out int vOutcome;
void main() {
  int row = int(aDot.x + 0.5);
  float t = (uNow - aDot.y) * aDot.z;
  float stale = edgeTexel(row, ${EDGE_TEXELS.p3}).w;
  vAt = vec2(0.0);
  vStrength = 0.0;
  vOutcome = int(floor(aDot.w));
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if (t <= 0.0 || t >= 1.0 || stale > 0.5) return;
  float aside = (fract(aDot.w) - 0.5) / 0.4 * edgeTexel(row, ${EDGE_TEXELS.state}).x;
  vec2 way = screenWay(row, t);
  vec2 across = vec2(-way.y, way.x);
  vAt = aCorner * (vOutcome == 0 ? 7.5 : 13.0);
  vStrength = edgeTexel(row, ${EDGE_TEXELS.p1}).w * smoothstep(0.0, 0.05, t) * smoothstep(1.0, 0.96, t);
  gl_Position = offsetPx(toClip(onCurve(row, t)), way * vAt.x + across * (vAt.y + aside));
}`;

const FRAGMENT = /* glsl */ `
uniform float uChevron;
uniform float uLive;
uniform vec3 uOk;
uniform vec3 uClientError;
uniform vec3 uFailure;
uniform vec3 uOld;
in vec2 vAt;
in float vStrength;
flat in int vOutcome;
out vec4 outColour;

// Signed distances in pixels, negative inside.
float disc(vec2 p, float r) { return length(p) - r; }
float diamond(vec2 p, float r) { return (abs(p.x) + abs(p.y) - r) * 0.7071; }
float chevron(vec2 p, float size) {
  float arm = abs(p.x + abs(p.y) - size * 0.55) * 0.7071 - size * 0.32;
  return max(arm, abs(p.y) - size);
}
void main() {
  float shape;
  vec3 colour;
  float glow;
  if (vOutcome == 0) {
    shape = uChevron > 0.5 ? chevron(vAt, 3.2) : disc(vAt, 2.3);
    colour = uOk;
    glow = 0.13;
  } else if (vOutcome == 1) {
    shape = chevron(vAt, 4.6);
    colour = uClientError;
    glow = 0.22;
  } else {
    shape = diamond(vAt, 5.6);
    colour = uFailure;
    glow = 0.5;
  }
  colour = mix(uOld, colour, uLive);
  float core = 1.0 - smoothstep(-0.5, 0.6, shape);
  float halo = exp(-max(0.0, shape) * max(0.0, shape) / (vOutcome == 0 ? 7.0 : 16.0)) * glow * uLive;
  // White at the heart makes a small dot read as light; the status shapes keep their exact colour.
  vec3 heart = vOutcome == 0 ? mix(colour, vec3(1.0), 0.22 * core * smoothstep(0.0, -1.6, shape)) : colour;
  outColour = vec4((heart * core + colour * halo * (1.0 - core)) * vStrength, core * vStrength);
}`;

/** Every dot of the picture in one draw call; only the clock moves them. */
export class ParticlesLayer {
  readonly pool: DotPool;
  private readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;

  constructor(
    private readonly scene: Scene,
    uniforms: EdgeUniforms,
    reducedMotion: boolean,
  ) {
    const material = laneMaterial(VERTEX, FRAGMENT, uniforms);
    Object.assign(material.uniforms, {
      uChevron: { value: reducedMotion ? 1 : 0 },
      uOk: { value: rgb(PALETTE.healthy) },
      uClientError: { value: rgb(PALETTE.degraded) },
      uFailure: { value: rgb(PALETTE.failing) },
      uOld: { value: rgb(PALETTE.idle) },
    });
    const dots = new InstancedBufferAttribute(new Float32Array(CAPACITY * 4), 4);
    dots.setUsage(DynamicDrawUsage);
    this.pool = new DotPool(dots);
    this.mesh = new Mesh(quadGeometry(dots), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 30;
    scene.add(this.mesh);
  }

  update(): void {
    this.mesh.geometry.instanceCount = this.pool.count;
  }

  dispose(): void {
    this.scene.remove(this.mesh);
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

function quadGeometry(dots: InstancedBufferAttribute): InstancedBufferGeometry {
  const geometry = new InstancedBufferGeometry();
  geometry.setAttribute('aCorner', new BufferAttribute(new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), 2));
  geometry.setAttribute('aDot', dots);
  geometry.setIndex([0, 1, 2, 1, 3, 2]);
  geometry.instanceCount = 0;
  return geometry;
}
