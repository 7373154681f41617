/**
 * Records what a real Toxiproxy answers: `node dist/test/conformance/toxiproxy/record.js --record http://127.0.0.1:8474 [name ...]` makes every request of the
 * named recordings (all of them, without a name) and writes the answers into their files. Needs a server started with `-proxy-metrics -runtime-metrics`. Where
 * Faultline differs on purpose (`differs`) is written by hand and kept.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXCHANGES, readRecording, recordingNames } from './exchange.js';
import type { Exchange, Expected, Step } from './exchange.js';
import { filled, send, sendTraffic, sendUntilContained, withBindings } from './play.js';
import { abstract } from './template.js';
import type { Bindings } from './template.js';

async function record(url: string, name: string): Promise<number> {
  const recording = await readRecording(name);
  const steps: Step[] = [];
  await withBindings(url, async (bound) => {
    for (const step of recording.steps) {
      if ('traffic' in step) {
        await sendTraffic(step.traffic, bound);
        steps.push(step);
      } else steps.push(await recordExchange(url, step, bound));
    }
  });
  const lines = steps.map((step) => `    ${JSON.stringify(step)}`).join(',\n');
  await writeFile(join(EXCHANGES, `${name}.json`), `{\n  "about": ${JSON.stringify(recording.about)},\n  "steps": [\n${lines}\n  ]\n}\n`);
  return steps.length;
}

async function recordExchange(url: string, exchange: Exchange, bound: Bindings): Promise<Exchange> {
  const { expect: _, differs, ...asked } = exchange;
  const answer = exchange.contains === undefined ? await send(url, filled(exchange, bound)) : await sendUntilContained(url, exchange, bound);
  return { ...asked, expect: abstracted(answer, bound), ...(differs === undefined ? {} : { differs }) };
}

function abstracted({ status, headers, body }: Expected, bound: Bindings): Expected {
  const shown = headers['x-toxiproxy-request-id'] === undefined ? headers : { ...headers, 'x-toxiproxy-request-id': '{{id}}' };
  return { status, headers: shown, body: abstract(body, bound) };
}

const [flag, url, ...names] = process.argv.slice(2);
if (flag !== '--record' || url === undefined) {
  process.stderr.write('usage: record --record URL [name ...]\n');
  process.exitCode = 1;
} else {
  for (const name of names.length > 0 ? names : await recordingNames()) process.stdout.write(`${name}: ${await record(url, name)} steps\n`);
}
