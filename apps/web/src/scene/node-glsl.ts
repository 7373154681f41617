import { NODE_TEXELS, RING_CODE } from './node-table.js';

const TABLE = /* glsl */ `
uniform highp sampler2D uNodes;
in vec2 aNode; // row, ring radius
vec4 nodeTexel(int column) {
  return texelFetch(uNodes, ivec2(column, int(aNode.x + 0.5)), 0);
}`;

export const BODY_VERTEX = /* glsl */ `
${TABLE}
out vec3 vNormal;
out vec3 vLocal;
out vec3 vToEye;
out vec4 vColour;
out vec2 vMarks; // highlight, faulted
void main() {
  vColour = nodeTexel(${NODE_TEXELS.colour});
  vec4 state = nodeTexel(${NODE_TEXELS.state});
  vMarks = vec2(state.x, state.z);
  vec3 world = position * 1.28 * (1.0 + 0.06 * state.x) + nodeTexel(${NODE_TEXELS.place}).xyz;
  vNormal = normal;
  vLocal = position;
  vToEye = cameraPosition - world;
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}`;

// Dark glass lit from above and behind. Health is an inlay on the top face and a hint of light on the rim, so that the exact colours stay small.
export const BODY_FRAGMENT = /* glsl */ `
in vec3 vNormal;
in vec3 vLocal;
in vec3 vToEye;
in vec4 vColour;
in vec2 vMarks;
out vec4 outColour;
void main() {
  vec3 n = normalize(vNormal);
  vec3 eye = normalize(vToEye);
  float sky = 0.5 + 0.5 * n.y;
  float key = max(0.0, dot(n, normalize(vec3(-0.45, 0.8, 0.4))));
  float rim = pow(1.0 - max(0.0, dot(n, eye)), 2.5);
  float shine = pow(max(0.0, dot(n, normalize(eye + normalize(vec3(-0.45, 0.8, 0.4))))), 40.0);
  vec3 body = vec3(0.085, 0.118, 0.155) + vec3(0.155, 0.195, 0.235) * key + vec3(0.030, 0.045, 0.060) * sky;
  vec3 colour = body + vColour.rgb * (0.10 + 0.42 * rim) + vec3(0.30) * shine;
  float r = length(vLocal.xz);
  float px = fwidth(r);
  float top = smoothstep(0.90, 0.97, n.y);
  float heart = (1.0 - smoothstep(0.10, 0.10 + px, r)) * top;
  float halo = exp(-max(0.0, r - 0.10) * 9.0) * 0.30 * top;
  colour = mix(colour + vColour.rgb * halo, vColour.rgb, heart);
  colour += vColour.rgb * vMarks.x * 0.16;
  // Out of focus, a body sinks into the ground instead of turning into a ghost one can look through.
  outColour = vec4(mix(vec3(0.066, 0.092, 0.122), colour, vColour.a), 1.0);
}`;

export const RING_VERTEX = /* glsl */ `
${TABLE}
out vec2 vAt; // in ring radii
out float vRadius;
out vec4 vColour;
out vec4 vState;
out float vRippleAt;
void main() {
  vColour = nodeTexel(${NODE_TEXELS.colour});
  vState = nodeTexel(${NODE_TEXELS.state});
  vec4 place = nodeTexel(${NODE_TEXELS.place});
  vRippleAt = place.w;
  vRadius = aNode.y;
  vec2 at = position.xz * 2.4;
  vAt = at;
  gl_Position = projectionMatrix * viewMatrix * vec4(place.xyz + vec3(at.x * aNode.y, 0.02, at.y * aNode.y), 1.0);
}`;

// healthy: thin whole ring | degraded: front half filled | failing: thick, broken in four | stale: dashed | fault: violet hatching outside it
export const RING_FRAGMENT = /* glsl */ `
uniform float uNow;
uniform vec3 uFault;
in vec2 vAt;
in float vRadius;
in vec4 vColour;
in vec4 vState;
in float vRippleAt;
out vec4 outColour;
const float TURN = 6.28318530718;
float band(float r, float from, float to, float px) {
  return smoothstep(from - px, from, r) * (1.0 - smoothstep(to, to + px, r));
}
void main() {
  float r = length(vAt);
  float px = fwidth(r) * 0.9;
  float angle = atan(vAt.y, vAt.x);
  int ring = int(vState.y + 0.5);
  float thin = max(0.055, px * 1.2);
  float shape = 0.0;
  if (ring == ${RING_CODE.idle}) shape = band(r, 1.0, 1.0 + thin, px) * 0.55;
  if (ring == ${RING_CODE.healthy}) shape = band(r, 1.0, 1.0 + thin, px) * 0.58;
  if (ring == ${RING_CODE.degraded}) shape = max(band(r, 1.0, 1.0 + thin, px), band(r, 0.9, 1.14, px) * step(0.0, vAt.y));
  if (ring == ${RING_CODE.failing}) shape = band(r, 0.92, 1.2, px) * smoothstep(0.16, 0.2, abs(fract(angle / TURN * 4.0 + 0.5) - 0.5) * 2.0);
  if (ring == ${RING_CODE.stale}) shape = band(r, 1.0, 1.0 + thin, px) * step(0.5, fract(angle / TURN * 16.0)) * 0.9;
  float halo = exp(-pow((r - 1.0) * 2.6, 2.0)) * (0.06 + (ring == ${RING_CODE.failing} ? 0.22 : 0.0) + 0.30 * vState.x);
  float shade = (1.0 - smoothstep(0.5, 1.15, r)) * 0.5;
  float age = (uNow - vRippleAt) / 0.6;
  if (age >= 0.0 && age <= 1.0) {
    float front = mix(1.0, 2.3, 1.0 - pow(1.0 - age, 3.0));
    shape = max(shape, band(r, front - 0.06, front + 0.06, px * 2.0) * (1.0 - age));
  }
  vec3 light = vColour.rgb * (shape + halo * (1.0 - shape));
  float cover = max(shape, shade);
  if (vState.z > 0.5) {
    float hatch = step(0.5, fract((vAt.x + vAt.y) * vRadius * 4.5));
    float mark = band(r, 1.32, 1.62, px) * mix(0.35, 1.0, hatch);
    light = mix(light, uFault, mark);
    cover = max(cover, mark);
  }
  outColour = vec4(light, cover) * vColour.a;
}`;
