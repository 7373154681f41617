import type { Region } from '#contracts';

const EARTH_RADIUS_KM = 6_371;

export function nearestRegion(from: Region, candidates: readonly [Region, ...Region[]]): Region {
  return candidates.reduce((nearest, candidate) => (distanceKm(from, candidate) < distanceKm(from, nearest) ? candidate : nearest));
}

/** Along the great circle (haversine). */
export function distanceKm(from: Region, to: Region): number {
  const latitude = radians(to.latitudeDeg - from.latitudeDeg);
  const longitude = radians(to.longitudeDeg - from.longitudeDeg);
  const a = Math.sin(latitude / 2) ** 2 + Math.cos(radians(from.latitudeDeg)) * Math.cos(radians(to.latitudeDeg)) * Math.sin(longitude / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(a));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
