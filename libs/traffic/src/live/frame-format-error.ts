/** The bytes are not a frame that this version can read. The decoder that threw it is as it was before; ask for a new start. */
export class FrameFormatError extends Error {
  override readonly name = 'FrameFormatError';
}
