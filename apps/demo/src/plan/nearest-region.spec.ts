import { describe, expect, it } from 'vitest';
import { distanceKm, nearestRegion } from './nearest-region.js';
import { EDGES } from './shop-map.js';

const place = (name: string, latitudeDeg: number, longitudeDeg: number) => ({ name, city: name, latitudeDeg, longitudeDeg });
const frankfurt = place('frankfurt', 50.11, 8.68);
const tokyo = place('tokyo', 35.68, 139.69);

describe('nearest region', () => {
  it('measures along the great circle', () => {
    expect(distanceKm(frankfurt, tokyo)).toBeGreaterThan(9_300);
    expect(distanceKm(frankfurt, tokyo)).toBeLessThan(9_400);
    expect(distanceKm(tokyo, tokyo)).toBe(0);
  });

  it('crosses the date line', () => {
    const east = place('east', 0, 179);
    expect(nearestRegion(place('west', 0, -179), [place('far', 0, 0), east])).toBe(east);
  });

  it('sends each country to the gateway that is nearest', () => {
    const gatewayOf = Object.fromEntries(EDGES.filter((edge) => edge.source.startsWith('clients-')).map((edge) => [edge.source.slice(8), edge.target]));
    expect(gatewayOf).toEqual({
      de: 'gateway-eu',
      gb: 'gateway-eu',
      fr: 'gateway-eu',
      br: 'gateway-us',
      us: 'gateway-us',
      in: 'gateway-ap',
      jp: 'gateway-ap',
      au: 'gateway-ap',
    });
  });
});
