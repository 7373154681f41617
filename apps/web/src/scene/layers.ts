import type { EdgeUniforms } from './edge-uniforms.js';
import { EdgesLayer } from './edges.layer.js';
import { FaultsLayer } from './faults.layer.js';
import { GroundLayer } from './ground.layer.js';
import { LabelsLayer } from './labels.layer.js';
import { NodesLayer } from './nodes.layer.js';
import { ParticlesLayer } from './particles.layer.js';
import { PlatformsLayer } from './platforms.layer.js';
import type { Stage } from './stage.js';

/** What the picture is made of, from the ground up. No layer knows another. */
export interface Layers {
  readonly ground: GroundLayer;
  readonly platforms: PlatformsLayer;
  readonly nodes: NodesLayer;
  readonly edges: EdgesLayer;
  readonly faults: FaultsLayer;
  readonly toxics: FaultsLayer;
  readonly particles: ParticlesLayer;
  readonly labels: LabelsLayer;
}

export interface LayersInput {
  readonly stage: Stage;
  readonly uniforms: EdgeUniforms;
  readonly container: HTMLElement;
  readonly reducedMotion: boolean;
}

export function createLayers({ stage: { scene }, uniforms, container, reducedMotion }: LayersInput): Layers {
  return {
    ground: new GroundLayer(scene),
    platforms: new PlatformsLayer(scene),
    nodes: new NodesLayer(scene, uniforms.uNow),
    edges: new EdgesLayer(scene, uniforms),
    faults: new FaultsLayer(scene, uniforms, 'hatched'),
    toxics: new FaultsLayer(scene, uniforms, 'dashed'),
    particles: new ParticlesLayer(scene, uniforms, reducedMotion),
    labels: new LabelsLayer(container),
  };
}

export function disposeLayers(layers: Layers): void {
  for (const layer of Object.values(layers) as { dispose(): void }[]) layer.dispose();
}
