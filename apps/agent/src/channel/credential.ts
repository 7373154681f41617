import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../ledger/durable-file.js';

const credentialSchema = z.strictObject({ server: z.string(), agent: z.string(), secret: z.string() });
export type Credential = z.infer<typeof credentialSchema>;

/** What this agent was given when it enrolled, in `credential.json`, readable by its owner only. */
export class CredentialFile {
  private readonly path: string;
  constructor(directory: string) {
    this.path = join(directory, 'credential.json');
  }

  /** The credential for this server; null when there is none or it cannot be read, and enrolling again is then the way on. */
  async read(server: string): Promise<Credential | null> {
    try {
      const parsed = credentialSchema.safeParse(JSON.parse(await readFile(this.path, 'utf8')));
      return parsed.success && parsed.data.server === server ? parsed.data : null;
    } catch {
      // Missing, unreadable or not JSON: all the same to an agent that can enrol.
      return null;
    }
  }

  async write(credential: Credential): Promise<void> {
    await replaceFile(this.path, `${JSON.stringify(credential)}\n`);
  }
}
