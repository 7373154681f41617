import { EDGE_TEXELS } from './edge-table.js';

/** What every shader that draws along edges needs: an edge's row of the table, and the curve of layout/edge-curve.ts. */
export const EDGE_GLSL = /* glsl */ `
uniform highp sampler2D uEdges;
uniform vec2 uResolution; // device pixels
uniform float uPixelRatio;

vec4 edgeTexel(int row, int column) {
  return texelFetch(uEdges, ivec2(column, row), 0);
}
vec3 onCurve(int row, float t) {
  float s = 1.0 - t;
  return s * s * s * edgeTexel(row, ${EDGE_TEXELS.p0}).xyz + 3.0 * s * s * t * edgeTexel(row, ${EDGE_TEXELS.p1}).xyz
    + 3.0 * s * t * t * edgeTexel(row, ${EDGE_TEXELS.p2}).xyz + t * t * t * edgeTexel(row, ${EDGE_TEXELS.p3}).xyz;
}
vec4 toClip(vec3 world) {
  return projectionMatrix * viewMatrix * vec4(world, 1.0);
}
// Direction of the curve on screen at t, in pixels, of length 1.
vec2 screenWay(int row, float t) {
  vec4 a = toClip(onCurve(row, max(0.0, t - 0.02)));
  vec4 b = toClip(onCurve(row, min(1.0, t + 0.02)));
  vec2 way = (b.xy / b.w - a.xy / a.w) * uResolution;
  float size = length(way);
  return size > 1e-4 ? way / size : vec2(1.0, 0.0);
}
vec4 offsetPx(vec4 clip, vec2 px) {
  clip.xy += px * uPixelRatio * 2.0 / uResolution * clip.w;
  return clip;
}
`;
