import { Mesh, PlaneGeometry, ShaderMaterial, GLSL3 } from 'three';
import type { Scene } from 'three';
import type { Platform } from '../layout/layout.js';
import { PALETTE } from '../model/palette.js';
import { rgb } from './rgb.js';

const SIZE = 240;

const VERTEX = /* glsl */ `
out vec2 vAt;
void main() {
  vAt = position.xy;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

// A pool of faint light under the stage and a dotted grid that fades out: depth without a horizon and without anything to read.
const FRAGMENT = /* glsl */ `
uniform vec3 uBackground;
uniform vec2 uReach; // half width and half depth of what stands on the ground
in vec2 vAt;
out vec4 outColour;
void main() {
  float away = length(vAt / uReach);
  vec3 pool = vec3(0.030, 0.052, 0.075) * exp(-away * away * 0.85);
  vec2 cell = fract(vAt / 1.5) - 0.5;
  float px = max(fwidth(vAt.x), fwidth(vAt.y)) / 1.5 + 1e-5;
  float dot_ = 1.0 - smoothstep(0.04 - px * 0.5, 0.04 + px, length(cell));
  float fade = exp(-away * away * 0.55) * (1.0 - smoothstep(0.05, 0.16, px));
  vec3 grid = vec3(0.20, 0.29, 0.38) * dot_ * fade * 0.42;
  // One part in 255 of noise hides the steps of a gradient this dark.
  float noise = fract(sin(dot(gl_FragCoord.xy, vec2(12.9898, 78.233))) * 43758.5453) - 0.5;
  outColour = vec4(uBackground + pool + grid + noise / 255.0, 1.0);
}`;

/** What the platforms hover over. */
export class GroundLayer {
  private readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;

  constructor(private readonly scene: Scene) {
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { uBackground: { value: rgb(PALETTE.background) }, uReach: { value: [20, 14] } },
      depthWrite: false,
    });
    this.mesh = new Mesh(new PlaneGeometry(SIZE, SIZE), material);
    this.mesh.rotation.x = -Math.PI / 2;
    this.mesh.position.y = -0.9;
    this.mesh.renderOrder = -10;
    scene.add(this.mesh);
  }

  update(platforms: Iterable<Platform>): void {
    const all = [...platforms];
    const [halfWidth, halfDepth] = [reachOf(all.map(({ x, width }) => Math.abs(x) + width / 2)), reachOf(all.map(({ z, depth }) => Math.abs(z) + depth / 2))];
    const reach = this.mesh.material.uniforms['uReach'];
    if (reach !== undefined) reach.value = [halfWidth * 1.15, halfDepth * 1.1];
  }

  dispose(): void {
    this.scene.remove(this.mesh);
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

function reachOf(values: readonly number[]): number {
  return Math.max(10, ...values);
}
