const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|microsoft basic render/i;

/** Whether a context has no GPU behind it. Browsers that keep the name to themselves are taken to have one. */
export function drawsInSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL);
  return typeof name === 'string' && SOFTWARE.test(name);
}

/** Watches single frames: commands are only queued when a render call returns, and frames queued faster than drawn pile up for seconds. */
export class FrameWatch {
  private fence: WebGLSync | null = null;
  private startMs = 0;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly onDone: (costMs: number) => void,
  ) {}

  began(): void {
    this.startMs = performance.now();
  }

  queued(): void {
    this.fence = this.gl.fenceSync(this.gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    this.gl.flush();
  }

  /** True while the last frame is still being drawn. */
  isBusy(): boolean {
    const { gl, fence } = this;
    if (fence === null) return false;
    // A lost context answers null: there is nothing left to wait for.
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.UNSIGNALED) return true;
    gl.deleteSync(fence);
    this.fence = null;
    this.onDone(performance.now() - this.startMs);
    return false;
  }
}
