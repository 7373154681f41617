/** What a discovery found: targets with labels of their own, and labels that all of them share. Labels of a target go first. */
export interface TargetGroup {
  readonly targets: readonly ReadonlyMap<string, string>[];
  readonly labels: ReadonlyMap<string, string>;
}

export const ADDRESS_LABEL = '__address__';

export function groupOfAddresses(addresses: readonly string[], labels: ReadonlyMap<string, string>): TargetGroup {
  return { targets: addresses.map((address) => new Map([[ADDRESS_LABEL, address]])), labels };
}
