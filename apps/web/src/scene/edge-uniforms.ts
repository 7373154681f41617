import { Vector2 } from 'three';
import type { IUniform, Texture } from 'three';

/** Shared by reference between all materials that draw along edges: set once a frame, read by all. */
export interface EdgeUniforms {
  readonly uEdges: IUniform<Texture | null>;
  readonly uResolution: IUniform<Vector2>;
  readonly uPixelRatio: IUniform<number>;
  /** Scene clock, seconds; stands still while paused. */
  readonly uNow: IUniform<number>;
  /** 1 while the stream lives, 0 when what is shown is old. */
  readonly uLive: IUniform<number>;
}

export function createEdgeUniforms(): EdgeUniforms {
  return { uEdges: { value: null }, uResolution: { value: new Vector2(1, 1) }, uPixelRatio: { value: 1 }, uNow: { value: 0 }, uLive: { value: 1 } };
}

export function shared(uniforms: EdgeUniforms): Record<string, IUniform> {
  return { uEdges: uniforms.uEdges, uResolution: uniforms.uResolution, uPixelRatio: uniforms.uPixelRatio, uNow: uniforms.uNow, uLive: uniforms.uLive };
}
