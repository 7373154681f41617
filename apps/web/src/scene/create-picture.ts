import { LivePicture } from './live-picture.js';
import type { Picture, PictureOptions } from './picture.js';

/**
 * Mounts the picture into `container`, which needs a size of its own. Its CSS padding is the part that panels cover: framing keeps clear of
 * it. Throws where the browser has no WebGL2.
 */
export function createPicture(options: PictureOptions): Picture {
  return new LivePicture(options);
}
