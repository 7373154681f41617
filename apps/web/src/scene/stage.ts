import { NoToneMapping, Scene, Vector3, WebGLRenderer } from 'three';
import type { Point } from '../layout/layout.js';
import type { ScreenPoint } from '../layout/pick.js';
import { PALETTE } from '../model/palette.js';
import { AdaptiveQuality } from './adaptive-quality.js';
import { CameraRig } from './camera-rig.js';
import type { Insets } from './camera-rig.js';
import { FrameWatch, drawsInSoftware } from './software-pace.js';

export interface StageEvents {
  /** The size, the pixel ratio or the covered part changed, or the GPU came back. */
  onResize(): void;
  onCameraMove(): void;
}

/** Canvas, renderer and camera in a container, and the way from the world to the screen. */
export class Stage {
  readonly scene = new Scene();
  readonly canvas: HTMLCanvasElement;
  readonly rig: CameraRig;
  readonly quality = new AdaptiveQuality(window.devicePixelRatio);
  private readonly renderer: WebGLRenderer;
  private readonly observer: ResizeObserver;
  private width = 1;
  private height = 1;
  private lost = false;
  /** Only where there is no GPU. */
  private readonly watch: FrameWatch | null;

  /** Throws where there is no WebGL2: the caller shows the table instead. */
  constructor(
    private readonly container: HTMLElement,
    private readonly events: StageEvents,
  ) {
    this.renderer = new WebGLRenderer({ antialias: true, powerPreference: 'high-performance' });
    this.renderer.toneMapping = NoToneMapping;
    this.renderer.setClearColor(PALETTE.background);
    this.canvas = this.renderer.domElement;
    this.watch = this.watchIfSoftware();
    Object.assign(this.canvas.style, { position: 'absolute', inset: '0', display: 'block', touchAction: 'none', outline: 'none' });
    this.canvas.setAttribute('aria-hidden', 'true');
    if (getComputedStyle(container).position === 'static') container.style.position = 'relative';
    container.append(this.canvas);
    this.rig = new CameraRig(this.canvas, events.onCameraMove);
    this.canvas.addEventListener('webglcontextlost', this.onLost);
    this.canvas.addEventListener('webglcontextrestored', this.onRestored);
    this.observer = new ResizeObserver(() => this.measure());
    this.observer.observe(container);
    this.fit();
  }

  get size(): { readonly width: number; readonly height: number; readonly pixelRatio: number } {
    return { width: this.width, height: this.height, pixelRatio: this.renderer.getPixelRatio() };
  }

  render(): void {
    if (this.lost) return;
    this.watch?.began();
    this.renderer.render(this.scene, this.rig.camera);
    this.watch?.queued();
  }

  /** The last frame is still being drawn. */
  isBusy(): boolean {
    return !this.lost && this.watch !== null && this.watch.isBusy();
  }

  /** Looks at how long frames take, and lowers the resolution where they take too long. */
  pace(intervalMs: number): void {
    if (this.quality.noteInterval(intervalMs)) this.measure();
  }

  toScreen(point: Point): ScreenPoint | null {
    const at = scratch.set(point.x, point.y, point.z).project(this.rig.camera);
    if (at.z > 1 || at.z < -1) return null;
    return { x: ((at.x + 1) / 2) * this.width, y: ((1 - at.y) / 2) * this.height };
  }

  /** Pixels that one world unit takes at a point. */
  pxPerUnitAt(point: Point): number {
    const { camera } = this.rig;
    const away = scratch.set(point.x, point.y, point.z).applyMatrix4(camera.matrixWorldInverse).z;
    return (this.height / 2) * (camera.projectionMatrix.elements[5] ?? 1) / Math.max(0.1, -away);
  }

  dispose(): void {
    this.observer.disconnect();
    this.canvas.removeEventListener('webglcontextlost', this.onLost);
    this.canvas.removeEventListener('webglcontextrestored', this.onRestored);
    this.rig.dispose();
    this.renderer.dispose();
    // The browser allows few GPU contexts a page; waiting for the garbage collector would use them up.
    this.renderer.forceContextLoss();
    this.canvas.remove();
  }

  private watchIfSoftware(): FrameWatch | null {
    const gl = this.renderer.getContext();
    if (!(gl instanceof WebGL2RenderingContext) || !drawsInSoftware(gl)) return null;
    return new FrameWatch(gl, (costMs) => this.quality.noteSoftwareFrame(costMs));
  }

  private measure(): void {
    this.fit();
    this.events.onResize();
  }

  private fit(): void {
    this.width = Math.max(1, this.container.clientWidth);
    this.height = Math.max(1, this.container.clientHeight);
    this.renderer.setPixelRatio(this.quality.pixelRatio);
    this.renderer.setSize(this.width, this.height);
    this.rig.resize(this.width, this.height, insetsOf(this.container));
  }

  private readonly onLost = (event: Event): void => {
    event.preventDefault();
    this.lost = true;
  };

  private readonly onRestored = (): void => {
    this.lost = false;
    this.events.onResize();
  };
}

const scratch = new Vector3();

/** What covers the picture is the padding of its container: panels over it are declared in CSS, where they are laid out. */
function insetsOf(container: HTMLElement): Insets {
  const style = getComputedStyle(container);
  const px = (text: string) => Number.parseFloat(text) || 0;
  return { top: px(style.paddingTop), right: px(style.paddingRight), bottom: px(style.paddingBottom), left: px(style.paddingLeft) };
}
