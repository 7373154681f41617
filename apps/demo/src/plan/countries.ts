import type { Region } from '#contracts';

/** A country that shops here. The load generator plays all of its shoppers. */
export interface Country {
  /** ISO 3166-1 alpha-2, lowercase; the node is `clients-<code>`. */
  readonly code: string;
  readonly region: Region;
  /** Standard time all year: the rhythm needs the hour to about one. */
  readonly utcOffsetHours: number;
  /** Page views a second at the country's busiest hour, at `--rate 1`. */
  readonly peakPagesPerSec: number;
}

// Capitals, but the cities that most shoppers live near where a capital would be misleading on the map.
export const COUNTRIES: readonly Country[] = [
  { code: 'de', region: { name: 'germany', city: 'Berlin', latitudeDeg: 52.52, longitudeDeg: 13.41 }, utcOffsetHours: 1, peakPagesPerSec: 12 },
  { code: 'gb', region: { name: 'united-kingdom', city: 'London', latitudeDeg: 51.51, longitudeDeg: -0.13 }, utcOffsetHours: 0, peakPagesPerSec: 10 },
  { code: 'fr', region: { name: 'france', city: 'Paris', latitudeDeg: 48.86, longitudeDeg: 2.35 }, utcOffsetHours: 1, peakPagesPerSec: 9 },
  { code: 'br', region: { name: 'brazil', city: 'Brasília', latitudeDeg: -15.79, longitudeDeg: -47.88 }, utcOffsetHours: -3, peakPagesPerSec: 7 },
  { code: 'us', region: { name: 'united-states', city: 'Chicago', latitudeDeg: 41.88, longitudeDeg: -87.63 }, utcOffsetHours: -6, peakPagesPerSec: 16 },
  { code: 'in', region: { name: 'india', city: 'New Delhi', latitudeDeg: 28.61, longitudeDeg: 77.21 }, utcOffsetHours: 5.5, peakPagesPerSec: 9 },
  { code: 'jp', region: { name: 'japan', city: 'Osaka', latitudeDeg: 34.69, longitudeDeg: 135.5 }, utcOffsetHours: 9, peakPagesPerSec: 11 },
  { code: 'au', region: { name: 'australia', city: 'Canberra', latitudeDeg: -35.28, longitudeDeg: 149.13 }, utcOffsetHours: 10, peakPagesPerSec: 6 },
];

export function clientNodeName(country: Country): string {
  return `clients-${country.code}`;
}
