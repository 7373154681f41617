/** How long a connection is silent; 0 means for as long as the fault acts. */
export function silenceText(closeAfterMs: number): string {
  return closeAfterMs > 0 ? `closed after ${closeAfterMs} ms` : 'silent until the fault ends';
}
