import type { Layout } from '../layout/layout.js';
import { layoutWorld } from '../layout/layout-world.js';
import { faultedEdges } from '../model/faulted-edges.js';
import { focusOf, focusOn } from '../model/focus.js';
import { nodeRates } from '../model/node-rates.js';
import type { NodeRate } from '../model/node-rates.js';
import type { Health, Selection, World } from '../model/world.js';
import { DotFlow } from './dot-flow.js';
import { EdgeTable } from './edge-table.js';
import { createEdgeUniforms } from './edge-uniforms.js';
import { viewOf } from './framing.js';
import { labelSpecs } from './label-specs.js';
import { createLayers, disposeLayers } from './layers.js';
import type { Layers } from './layers.js';
import { edgeLook, nodeLook } from './looks.js';
import type { Emphasis } from './looks.js';
import { NodeTable } from './node-table.js';
import type { Picture, PictureOptions } from './picture.js';
import { Pointer } from './pointer.js';
import { RenderLoop } from './render-loop.js';
import { Stage } from './stage.js';

const FLIGHT_SEC = 0.75;
const RIPPLE_SEC = 0.7;
// Times of the scene clock go to the GPU as 32-bit floats: after an hour of them a dot would begin to tremble.
const CLOCK_SPAN_SEC = 3_600;
const NOTHING: Layout = { platforms: new Map(), nodes: new Map(), edges: new Map() };

/** Worlds in, frames out: holds the layers together and decides when to draw. */
export class LivePicture implements Picture {
  private readonly stage: Stage;
  private readonly pointer: Pointer;
  private readonly loop: RenderLoop;
  private readonly uniforms = createEdgeUniforms();
  private readonly edgeTable = new EdgeTable();
  private readonly nodeTable = new NodeTable();
  private readonly layers: Layers;
  private readonly flow: DotFlow;
  private readonly unsubscribe: () => void;
  private world: World;
  private layout: Layout = NOTHING;
  private layoutVersion = -1;
  private rates: ReadonlyMap<number, NodeRate> = new Map();
  private healthBefore: ReadonlyMap<number, Health> = new Map();
  private selected: Selection | null = null;
  private hovered: Selection | null = null;
  private highlighted: ReadonlySet<string> | null = null;
  private paused = false;
  private rippleUntilSec = 0;
  private pxPerUnit = 30;
  private labelsMoved = true;
  private handled = false;
  private announcedScale = 0;

  constructor(private readonly options: PictureOptions) {
    this.stage = new Stage(options.container, { onResize: () => this.onResize(), onCameraMove: () => this.redraw() });
    this.layers = createLayers({ stage: this.stage, uniforms: this.uniforms, container: options.container, reducedMotion: options.reducedMotion });
    this.flow = new DotFlow(this.layers.particles.pool, options.reducedMotion);
    this.loop = new RenderLoop({
      frame: (elapsedSec) => this.frameOnce(elapsedSec),
      isBusy: () => this.stage.isBusy(),
      minIntervalMs: () => this.stage.quality.minIntervalMs,
      onPace: (intervalMs) => this.stage.pace(intervalMs),
    });
    this.pointer = new Pointer(this.stage, { onHover: (selection) => this.onHover(selection), onClick: (selection) => options.events.onSelect(selection) });
    this.stage.canvas.addEventListener('pointermove', this.onDrag);
    this.stage.canvas.addEventListener('wheel', this.onHand, { passive: true });
    document.addEventListener('visibilitychange', this.onVisibility);
    this.world = options.source.get();
    this.unsubscribe = options.source.subscribe(() => this.onWorld());
    this.onResize();
    this.onWorld();
  }

  select(selection: Selection | null): void {
    this.selected = selection;
    this.dress();
  }

  highlight(edges: ReadonlySet<string> | null): void {
    this.highlighted = edges;
    this.dress();
  }

  setPaused(paused: boolean): void {
    this.paused = paused;
    this.loop.request();
  }

  setFlat(flat: boolean): void {
    if (flat === this.stage.rig.isFlat) return;
    this.stage.rig.setFlat(flat);
    this.frame(null);
  }

  frame(selection: Selection | null): void {
    this.handled = selection !== null;
    this.fly(selection, this.options.reducedMotion ? 0 : FLIGHT_SEC);
  }

  dispose(): void {
    this.unsubscribe();
    this.loop.dispose();
    document.removeEventListener('visibilitychange', this.onVisibility);
    this.stage.canvas.removeEventListener('pointermove', this.onDrag);
    this.stage.canvas.removeEventListener('wheel', this.onHand);
    this.pointer.dispose();
    disposeLayers(this.layers);
    this.edgeTable.dispose();
    this.nodeTable.dispose();
    this.stage.dispose();
  }

  private onWorld(): void {
    const wasLive = this.world.status === 'live';
    this.world = this.options.source.get();
    if (this.world.topologyVersion !== this.layoutVersion) this.relayout();
    if (!wasLive && this.world.status === 'live') this.flow.startOver();
    this.rates = nodeRates(this.world);
    this.startRipples();
    this.dress();
    this.feedDots();
  }

  private relayout(): void {
    const first = this.layout.nodes.size === 0;
    this.layoutVersion = this.world.topologyVersion;
    this.layout = layoutWorld(this.world, first ? null : this.layout);
    this.edgeTable.setCurves(this.layout.edges);
    this.nodeTable.setPlaces(this.layout.nodes);
    const { ground, platforms, edges, nodes } = this.layers;
    platforms.update(this.layout.platforms);
    ground.update(this.layout.platforms.values());
    edges.update(this.layout.edges.keys(), this.edgeTable);
    nodes.update(this.world.nodes.values(), this.nodeTable);
    this.pointer.setLayout(this.layout);
    this.flow.startOver();
    if (!this.handled) this.fly(null, first || this.options.reducedMotion ? 0 : FLIGHT_SEC);
  }

  /** Looks of everything from the numbers and from what is hovered and selected. */
  private dress(): void {
    const emphasis = this.emphasis();
    const faulted = faultedEdges(this.world);
    const faultedTargets = new Set([...faulted.keys()].map((id) => this.world.edges.get(id)?.target));
    for (const edge of this.world.edges.values()) this.edgeTable.setLook(edge.id, edgeLook(edge, emphasis));
    for (const [id, rate] of this.rates) this.nodeTable.setLook(id, nodeLook({ id, rate, faulted: faultedTargets.has(id) }, emphasis));
    if (this.options.reducedMotion) this.easeAll(Number.POSITIVE_INFINITY);
    const leased = new Set([...faulted].filter(([, there]) => there.leased.length > 0).map(([id]) => id));
    this.layers.faults.update(leased, this.edgeTable);
    this.layers.toxics.update([...faulted.keys()].filter((id) => !leased.has(id)), this.edgeTable);
    this.layers.labels.update(labelSpecs({ world: this.world, layout: this.layout, rates: this.rates, emphasis }));
    this.uniforms.uLive.value = emphasis.live ? 1 : 0;
    this.redraw();
  }

  private emphasis(): Emphasis {
    return { focus: this.highlighted === null ? focusOf(this.world, this.selected) : focusOn(this.world, this.highlighted), hovered: this.hovered, selected: this.selected, live: this.world.status === 'live' };
  }

  /** One ripple when a node begins to fail, then stillness: what goes on failing is told by its ring. */
  private startRipples(): void {
    const nowSec = this.uniforms.uNow.value;
    for (const [id, { health }] of this.rates) {
      const before = this.healthBefore.get(id);
      if (health !== 'failing' || before === undefined || before === 'failing' || this.options.reducedMotion) continue;
      this.nodeTable.ripple(id, nowSec);
      this.rippleUntilSec = nowSec + RIPPLE_SEC;
    }
    this.healthBefore = new Map([...this.rates].map(([id, { health }]) => [id, health]));
  }

  private feedDots(): void {
    const { world, layout, edgeTable: table, pxPerUnit } = this;
    if (!this.playing()) return this.flow.pass(world.throughSec);
    if (this.uniforms.uNow.value > CLOCK_SPAN_SEC) this.restartClock();
    this.flow.tick({ world, layout, table, pxPerUnit, nowSec: this.uniforms.uNow.value });
    this.layers.particles.update();
    const { requestsPerDot } = this.flow;
    if (requestsPerDot === this.announcedScale) return;
    this.announcedScale = requestsPerDot;
    this.options.events.onScale({ requestsPerDot });
  }

  private restartClock(): void {
    this.uniforms.uNow.value -= CLOCK_SPAN_SEC;
    this.flow.shiftClock(CLOCK_SPAN_SEC);
    this.rippleUntilSec = 0;
    for (const id of this.layout.nodes.keys()) this.nodeTable.stopRipple(id);
  }

  private playing(): boolean {
    return !this.paused && !document.hidden && this.world.status === 'live';
  }

  private frameOnce(elapsedSec: number): boolean {
    const flowing = this.playing() && !this.options.reducedMotion;
    if (flowing) this.uniforms.uNow.value += elapsedSec;
    const easing = this.easeAll(elapsedSec);
    const flying = this.stage.rig.update(elapsedSec);
    this.uniforms.uEdges.value = this.edgeTable.texture;
    this.stage.render();
    if (flying || this.labelsMoved) this.layers.labels.place((point) => this.stage.toScreen(point));
    this.labelsMoved = flying;
    return easing || flying || (flowing && (this.layers.particles.pool.count > 0 || this.uniforms.uNow.value < this.rippleUntilSec));
  }

  private easeAll(elapsedSec: number): boolean {
    const edges = this.edgeTable.ease(elapsedSec);
    return this.nodeTable.ease(elapsedSec) || edges;
  }

  private fly(selection: Selection | null, durationSec: number): void {
    const { rig } = this.stage;
    const view = viewOf({ world: this.world, layout: this.layout }, selection, rig);
    if (view === null) return;
    const overview = selection === null;
    rig.show(view, { durationSec, overview });
    if (overview) this.pxPerUnit = rig.pxPerUnit(view);
    this.redraw();
  }

  private onHover(selection: Selection | null): void {
    this.hovered = selection;
    this.options.events.onHover(selection);
    this.dress();
  }

  private onResize(): void {
    const { width, height, pixelRatio } = this.stage.size;
    this.uniforms.uResolution.value.set(width * pixelRatio, height * pixelRatio);
    this.uniforms.uPixelRatio.value = pixelRatio;
    if (!this.handled) this.fly(null, 0);
    this.redraw();
  }

  private redraw(): void {
    this.labelsMoved = true;
    this.loop.request();
  }

  /** Once a hand has moved the camera, the picture stops framing itself. */
  private readonly onHand = (): void => {
    this.handled = true;
    this.loop.request();
  };

  private readonly onDrag = (event: PointerEvent): void => {
    if (event.buttons !== 0) this.onHand();
  };

  private readonly onVisibility = (): void => {
    this.flow.startOver();
    this.onWorld();
  };
}
