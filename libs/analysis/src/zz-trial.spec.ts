import { LatencySketch } from '#traffic';
import { it } from 'vitest';
import { compareEdges } from './compare-edges.js';
import { phaseWindows } from './phase-windows.js';
let calls = 0, spent = 0;
const SK = { merge(list: any) { const t0 = performance.now(); calls++; const all = new LatencySketch(); for (const d of list) all.merge(d); const r = { p50: all.quantile(.5), p95: all.quantile(.95), p99: all.quantile(.99), count: all.count }; spent += performance.now() - t0; return r; } };
let st = 77; const rnd = () => (st = (st * 48271) % 2147483647) / 2147483647;
function sec(s: number, rps: number, ms: number, fr: number) { let n = 0; for (let p = rnd(); p > Math.exp(-rps); p *= rnd()) n++; const k = new LatencySketch(); let e = 0; for (let i = 0; i < n; i++) { k.add(ms * Math.exp((rnd() + rnd() + rnd() + rnd() - 2) * .5)); if (rnd() < fr) e++; } return { sec: s, outcomes: { ok: n - e, clientError: 0, serverError: e, noResponse: 0 }, faulted: 0, latency: k.toData() }; }
function run(d: number, rps: number, nEdges: number, add: number, fr = 0) { const w = phaseWindows({ appliedAtMs: 1e8, revertedAtMs: 1e8 + d * 1000, nowSec: 1e6 }); const edges = []; for (let e = 0; e < nEdges; e++) { const seconds = []; for (let s = w.before!.fromSec; s < w.after!.toSec; s++) { const act = s >= 1e5 && s < 1e5 + d; seconds.push(sec(s, rps, act && e === 0 ? 20 + add : 20, act && e === 0 ? fr : 0)); } edges.push({ edge: { source: 'a', target: 'b' + e, protocol: 'http' as const }, distance: e, seconds }); } calls = spent = 0; const t = performance.now(); compareEdges({ windows: w, edges, sketches: SK }); console.log(d, rps, nEdges, (performance.now() - t).toFixed(0) + ' ms, merges', calls, spent.toFixed(0)); }
it('x', () => { run(60, 10, 10, 400); run(600, 10, 30, 400); run(600, 10, 30, 400); run(60, 20, 100, 0); }, 60000);
