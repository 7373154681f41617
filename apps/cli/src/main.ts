#!/usr/bin/env node
import { runCli } from './cli.js';

// npm runs scripts in the clone; INIT_CWD is where the user stood when typing, and what a relative --data-dir means.
const directory = process.env['INIT_CWD'] ?? process.cwd();
// Exits by itself and at once: everything is stopped by now, and a forgotten handle must not keep a terminal waiting.
process.exit(await runCli({ argv: process.argv.slice(2), environment: process.env, directory }));
