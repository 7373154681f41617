import { spawn } from 'node:child_process';
import { ROOT } from './places.mjs';
import { say } from './say.mjs';

/** A step that takes longer shows that it lives, this often. */
const STILL_EVERY_MS = 15_000;
/** Compilers put the cause first, npm may put it first or last: both ends are shown. */
const END_LINES = 20;

/**
 * Runs a Node program and keeps its output to itself, unless it fails: then the last lines are printed and the error says what failed.
 * A signal to us ends it first, so that Ctrl-C during an install leaves nothing behind.
 */
export async function runTool(title, args, env = process.env) {
  say(title);
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const still = setInterval(() => say(`${title}: still at it`), STILL_EVERY_MS);
  const unhook = passSignalsTo(child);
  const ended = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ reason: error.message }));
    child.once('close', (code, signal) => resolve({ code, reason: signal ?? `exit code ${code}` }));
  });
  clearInterval(still);
  unhook();
  if (ended.code !== 0) fail(title, ended.reason, Buffer.concat(output).toString());
}

function passSignalsTo(child) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const handler = () => {
      child.kill(signal);
      child.once('close', () => process.exit(1));
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => handlers.forEach((off) => off());
}

function fail(title, reason, output) {
  process.stderr.write(`${shorten(output.trimEnd().split('\n')).join('\n')}\n`);
  const remedy = /ENOSPC|no space left/i.test(output) ? 'the disk is full: free some space and try again' : 'the lines above say why';
  throw new Error(`${title} failed (${reason}): ${remedy}`);
}

function shorten(lines) {
  if (lines.length <= 2 * END_LINES) return lines;
  return [...lines.slice(0, END_LINES), `    ... ${lines.length - 2 * END_LINES} more lines ...`, ...lines.slice(-END_LINES)];
}
