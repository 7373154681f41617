import { CustomBlending, DoubleSide, GLSL3, Mesh, OneFactor, OneMinusSrcAlphaFactor, ShaderMaterial } from 'three';
import type { InstancedBufferGeometry, Scene } from 'three';
import { EDGE_GLSL } from './edge-glsl.js';
import { EDGE_TEXELS } from './edge-table.js';
import type { EdgeTable } from './edge-table.js';
import { shared } from './edge-uniforms.js';
import type { EdgeUniforms } from './edge-uniforms.js';
import { stripGeometry, withRows } from './strip-geometry.js';

const SEGMENTS = 28;

const VERTEX = /* glsl */ `
${EDGE_GLSL}
in vec2 aPlace;
in float aRow;
out float vAcross; // pixels from the middle
out float vAlong;
out float vLengthPx;
out float vHalfPx;
out vec4 vLook; // strength, highlight, stale
out vec3 vColour;
void main() {
  int row = int(aRow + 0.5);
  float t = aPlace.x;
  vLook = vec4(edgeTexel(row, ${EDGE_TEXELS.p1}).w, edgeTexel(row, ${EDGE_TEXELS.p2}).w, edgeTexel(row, ${EDGE_TEXELS.p3}).w, 0.0);
  vColour = edgeTexel(row, ${EDGE_TEXELS.colour}).rgb;
  vHalfPx = 0.5 * edgeTexel(row, ${EDGE_TEXELS.p0}).w + 0.4 * vLook.y;
  float reach = vHalfPx + 5.0;
  vec2 way = screenWay(row, t);
  vec4 a = toClip(onCurve(row, 0.0));
  vec4 b = toClip(onCurve(row, 1.0));
  vLengthPx = length((b.xy / b.w - a.xy / a.w) * uResolution) * 0.5 / uPixelRatio;
  vAcross = aPlace.y * reach;
  vAlong = t;
  gl_Position = offsetPx(toClip(onCurve(row, t)), vec2(-way.y, way.x) * vAcross);
}`;

// A lane that brightens towards its target says which way it goes without an arrowhead; the glow keeps thin lanes visible on a dark ground.
const FRAGMENT = /* glsl */ `
in float vAcross;
in float vAlong;
in float vLengthPx;
in float vHalfPx;
in vec4 vLook;
in vec3 vColour;
out vec4 outColour;
void main() {
  float from = abs(vAcross);
  float core = 1.0 - smoothstep(vHalfPx - 0.6, vHalfPx + 0.6, from);
  float glow = exp(-pow(max(0.0, from - vHalfPx) / 2.6, 2.0)) * (0.08 + 0.3 * vLook.y);
  float taper = mix(0.34, 0.74, smoothstep(0.0, 1.0, vAlong));
  float ends = smoothstep(0.0, 0.04, vAlong) * smoothstep(1.0, 0.985, vAlong);
  float alpha = core * mix(taper, 0.92, vLook.y);
  if (vLook.z > 0.5) {
    float dash = smoothstep(0.35, 0.5, abs(fract(vAlong * max(2.0, vLengthPx / 11.0)) - 0.5) * 2.0);
    alpha = core * 0.55 * dash;
    glow = 0.0;
  }
  float shown = max(alpha, glow) * ends * vLook.x;
  outColour = vec4(vColour * shown, shown);
}`;

/** The lanes: one instanced strip for all edges. */
export class EdgesLayer {
  private readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  private readonly material: ShaderMaterial;

  constructor(
    private readonly scene: Scene,
    uniforms: EdgeUniforms,
  ) {
    this.material = laneMaterial(VERTEX, FRAGMENT, uniforms);
    this.mesh = new Mesh(stripGeometry(SEGMENTS, 64), this.material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 10;
    scene.add(this.mesh);
  }

  update(ids: Iterable<number>, table: EdgeTable): void {
    const rows = [...ids].map((id) => table.rowOf(id)).filter((row) => row !== null);
    this.mesh.geometry = withRows(this.mesh.geometry, rows, SEGMENTS);
  }

  dispose(): void {
    this.scene.remove(this.mesh);
    this.mesh.geometry.dispose();
    this.material.dispose();
  }
}

/** Premultiplied blending: a shader gives light with or without cover, so that glow adds up and cores stay their colour. */
export function laneMaterial(vertexShader: string, fragmentShader: string, uniforms: EdgeUniforms): ShaderMaterial {
  return new ShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader,
    uniforms: shared(uniforms),
    transparent: true,
    depthWrite: false,
    // A strip turns its back to the viewer where its edge bends away.
    side: DoubleSide,
    blending: CustomBlending,
    blendSrc: OneFactor,
    blendDst: OneMinusSrcAlphaFactor,
  });
}
