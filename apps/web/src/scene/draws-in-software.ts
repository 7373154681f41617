const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|microsoft basic render/i;

/** Whether a context has no GPU behind it. Browsers that keep the name to themselves are taken to have one. */
export function drawsInSoftware(gl: WebGLRenderingContext | WebGL2RenderingContext): boolean {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL);
  return typeof name === 'string' && SOFTWARE.test(name);
}
