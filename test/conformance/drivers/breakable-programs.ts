import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const PROGRAMS = ['nft', 'tc'];

/** nft and tc in front of the real ones: while broken, they do everything but take things away. */
export class BreakablePrograms {
  private constructor(
    private readonly directory: string,
    private readonly realPath: string,
  ) {}

  static async make(): Promise<BreakablePrograms> {
    const programs = new BreakablePrograms(await mkdtemp(join(tmpdir(), 'faultline-programs-')), process.env['PATH'] ?? '');
    for (const name of PROGRAMS) await programs.write(name);
    return programs;
  }

  /** For the environment of the process that is to find them. */
  get path(): string {
    return [this.directory, this.realPath].join(delimiter);
  }

  async break(): Promise<void> {
    await writeFile(join(this.directory, 'broken'), '');
  }

  async mend(): Promise<void> {
    await rm(join(this.directory, 'broken'), { force: true });
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  private async write(name: string): Promise<void> {
    const real = this.realPath.split(delimiter).map((directory) => join(directory, name)).find(existsSync);
    const file = join(this.directory, name);
    const lines = [
      `#!${process.execPath}`,
      `const { existsSync } = require('node:fs');`,
      `const { spawnSync } = require('node:child_process');`,
      `const args = process.argv.slice(2);`,
      `const takesAway = args.includes('delete') || args.includes('del');`,
      `if (takesAway && existsSync(${JSON.stringify(join(this.directory, 'broken'))})) { process.stderr.write('planted failure'); process.exit(1); }`,
      `process.exit(spawnSync(${JSON.stringify(real ?? name)}, args, { stdio: 'inherit' }).status ?? 1);`,
    ];
    await writeFile(file, `${lines.join('\n')}\n`);
    await chmod(file, 0o755);
  }
}
