/** Which address the page stands at, and which it has asked for that are still on their way, oldest first. */
export interface AddressTrack {
  readonly seen: string;
  readonly pending: readonly string[];
}

export function asked(track: AddressTrack, address: string): AddressTrack {
  return address === (track.pending.at(-1) ?? track.seen) ? track : { ...track, pending: [...track.pending, address] };
}

/** The address changed. `foreign`: not because the page asked, but by a link or the browser's buttons, so that the page has to follow it. */
export function arrived(track: AddressTrack, address: string): { readonly track: AddressTrack; readonly foreign: boolean } {
  const at = track.pending.indexOf(address);
  return { track: { seen: address, pending: at < 0 ? [] : track.pending.slice(at + 1) }, foreign: at < 0 };
}
