import { MathUtils, MOUSE, PerspectiveCamera, Spherical, Vector3 } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { View } from '../layout/fit-view.js';

/** Degrees above the horizon: steep enough that rows of names stay apart, low enough that bodies stand up. */
const TILT_RAD = MathUtils.degToRad(55);
// A long lens: little distortion, so lengths on the left and right can be compared.
const FOV_DEG = 28;
// Next to no perspective, seen from far away: as good as a map, with the same controls.
const FLAT_FOV_DEG = 3;
const STRAIGHT_DOWN = 0.001;
const MAX_POLAR_RAD = MathUtils.degToRad(74);
const MAX_AZIMUTH_RAD = MathUtils.degToRad(70);

/** Part of the canvas that panels cover, in pixels. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

interface Pose {
  readonly target: Vector3;
  /** Half of the world's height that fits into the picture at the target: unlike distance it means the same for every lens. */
  readonly halfHeight: number;
  readonly polar: number;
  readonly azimuth: number;
  readonly fov: number;
}

interface Flight {
  readonly from: Pose;
  readonly to: Pose;
  readonly durationSec: number;
  elapsedSec: number;
}

/** The camera, how a hand moves it, and how it flies by itself. */
export class CameraRig {
  readonly camera = new PerspectiveCamera(FOV_DEG, 1, 0.5, 2_000);
  private readonly controls: OrbitControls;
  private flight: Flight | null = null;
  private flat = false;
  private size = { width: 1, height: 1 };
  private insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  private overviewHalfHeight = 20;

  constructor(element: HTMLElement, onChange: () => void) {
    this.camera.position.set(0, 40, 30);
    this.controls = new OrbitControls(this.camera, element);
    Object.assign(this.controls, {
      enableDamping: true,
      dampingFactor: 0.1,
      rotateSpeed: 0.55,
      zoomSpeed: 0.9,
      zoomToCursor: true,
      screenSpacePanning: false,
      mouseButtons: { LEFT: MOUSE.PAN, MIDDLE: MOUSE.DOLLY, RIGHT: MOUSE.ROTATE },
    });
    this.controls.addEventListener('change', onChange);
    // A hand on the picture ends a flight at once: the viewer knows better where to look.
    this.controls.addEventListener('start', () => (this.flight = null));
    this.applyLimits();
  }

  get tiltRad(): number {
    return this.flat ? Math.PI / 2 : TILT_RAD;
  }

  get fovRad(): number {
    return MathUtils.degToRad(this.flat ? FLAT_FOV_DEG : FOV_DEG);
  }

  /** Width by height of the part that nothing covers. */
  get freeAspect(): number {
    const { left, right, top, bottom } = this.insets;
    return Math.max(0.2, (this.size.width - left - right) / Math.max(1, this.size.height - top - bottom));
  }

  resize(width: number, height: number, insets: Insets): void {
    this.size = { width, height };
    this.insets = insets;
    this.camera.aspect = width / height;
    // The middle of the picture is the middle of the free part.
    this.camera.setViewOffset(width, height, (insets.right - insets.left) / 2, (insets.bottom - insets.top) / 2, width, height);
    this.camera.updateProjectionMatrix();
  }

  get isFlat(): boolean {
    return this.flat;
  }

  setFlat(flat: boolean): void {
    this.flat = flat;
    this.applyLimits();
  }

  /** `overview` says that this view shows everything: zooming out ends a little beyond it. */
  show(view: View, options: { durationSec: number; overview: boolean }): void {
    const freeHeight = Math.max(1, this.size.height - this.insets.top - this.insets.bottom);
    const halfHeight = Math.tan(this.fovRad / 2) * view.distance * (this.size.height / freeHeight);
    if (options.overview) this.overviewHalfHeight = halfHeight;
    const to: Pose = {
      target: new Vector3(view.target.x, view.target.y, view.target.z),
      halfHeight,
      polar: this.flat ? STRAIGHT_DOWN : Math.PI / 2 - TILT_RAD,
      azimuth: 0,
      fov: this.flat ? FLAT_FOV_DEG : FOV_DEG,
    };
    this.calm();
    this.flight = { from: this.pose(), to, durationSec: Math.max(0.001, options.durationSec), elapsedSec: 0 };
    if (options.durationSec === 0) this.fly(1);
    this.applyLimits();
  }

  /** Pixels that a world unit takes in the middle of a view. */
  pxPerUnit(view: View): number {
    const freeHeight = this.size.height - this.insets.top - this.insets.bottom;
    return freeHeight / 2 / (Math.tan(this.fovRad / 2) * view.distance);
  }

  /** Moves on by `elapsedSec`; true while it is still moving. */
  update(elapsedSec: number): boolean {
    if (this.flight !== null) {
      this.fly(elapsedSec);
      return true;
    }
    return this.controls.update(elapsedSec);
  }

  dispose(): void {
    this.controls.dispose();
  }

  /** Uses up what is left of a hand's push, so that it does not go on after the flight. */
  private calm(): void {
    this.controls.enableDamping = false;
    this.controls.update();
    this.controls.enableDamping = true;
  }

  private fly(elapsedSec: number): void {
    const flight = this.flight;
    if (flight === null) return;
    flight.elapsedSec += elapsedSec;
    const t = Math.min(1, flight.elapsedSec / flight.durationSec);
    this.take(between(flight.from, flight.to, t < 0.5 ? 4 * t ** 3 : 1 - (-2 * t + 2) ** 3 / 2));
    if (t >= 1) this.flight = null;
  }

  private pose(): Pose {
    const around = new Spherical().setFromVector3(this.camera.position.clone().sub(this.controls.target));
    const halfHeight = Math.tan(MathUtils.degToRad(this.camera.fov) / 2) * around.radius;
    return { target: this.controls.target.clone(), halfHeight, polar: around.phi, azimuth: around.theta, fov: this.camera.fov };
  }

  private take({ target, halfHeight, polar, azimuth, fov }: Pose): void {
    const distance = halfHeight / Math.tan(MathUtils.degToRad(fov) / 2);
    this.camera.fov = fov;
    this.camera.near = distance / 20;
    this.camera.far = distance + 300;
    this.camera.position.setFromSpherical(new Spherical(distance, Math.max(STRAIGHT_DOWN, polar), azimuth)).add(target);
    this.controls.target.copy(target);
    this.camera.lookAt(target);
    this.camera.updateProjectionMatrix();
  }

  private applyLimits(): void {
    const distanceFor = (halfHeight: number) => halfHeight / Math.tan(this.fovRad / 2);
    this.controls.minPolarAngle = 0;
    this.controls.maxPolarAngle = this.flat ? STRAIGHT_DOWN : MAX_POLAR_RAD;
    this.controls.minAzimuthAngle = this.flat ? 0 : -MAX_AZIMUTH_RAD;
    this.controls.maxAzimuthAngle = this.flat ? 0 : MAX_AZIMUTH_RAD;
    this.controls.enableRotate = !this.flat;
    this.controls.minDistance = distanceFor(2.4);
    this.controls.maxDistance = distanceFor(this.overviewHalfHeight * 1.6);
    this.controls.maxTargetRadius = this.overviewHalfHeight * 1.5;
  }
}

function between(a: Pose, b: Pose, share: number): Pose {
  const at = (from: number, to: number) => from + (to - from) * share;
  return {
    target: a.target.clone().lerp(b.target, share),
    // Zoom is felt as a ratio.
    halfHeight: a.halfHeight * (b.halfHeight / a.halfHeight) ** share,
    polar: at(a.polar, b.polar),
    azimuth: at(a.azimuth, b.azimuth),
    fov: at(a.fov, b.fov),
  };
}
