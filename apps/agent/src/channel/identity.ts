import type { Log } from '../log.js';
import type { CredentialFile } from './credential.js';
import { enrol } from './enrol.js';

interface IdentityParts {
  readonly server: string;
  readonly name: string;
  readonly enrolToken: string | null;
  readonly file: CredentialFile;
  readonly log: Log;
}

/** Who this agent is to its server: the stored credential first, and where there is none or it is refused, the enrolment token. */
export class Identity {
  private secretInUse: string | null = null;
  private storedRefused = false;
  private lastProblem = '';

  constructor(private readonly parts: IdentityParts) {}

  /** The secret for the next attempt; null when none can be had now. */
  async secret(): Promise<string | null> {
    if (this.secretInUse !== null) return this.secretInUse;
    if (!this.storedRefused) this.secretInUse = (await this.parts.file.read(this.parts.server))?.secret ?? null;
    return this.secretInUse ?? this.enrol();
  }

  refused(): void {
    this.secretInUse = null;
    this.storedRefused = this.parts.enrolToken !== null;
    if (this.parts.enrolToken === null) this.say('The server refused the stored credential. Create an enrolment token under Agents and start the agent with FAULTLINE_ENROL_TOKEN.');
  }

  private async enrol(): Promise<string | null> {
    const { server, name, enrolToken, file, log } = this.parts;
    // Whatever comes of it, the stored credential gets its turn again next time: a refusal may have been a passing trouble of the server.
    this.storedRefused = false;
    if (enrolToken === null) return this.say('This agent has no credential for the server. Create an enrolment token under Agents and start the agent with FAULTLINE_ENROL_TOKEN.');
    const enrolled = await enrol(server, enrolToken, name);
    if (!enrolled.ok) return this.say(`Enrolment failed: ${enrolled.problem}`);
    this.secretInUse = enrolled.secret;
    try {
      await file.write({ server, agent: enrolled.agent, secret: enrolled.secret });
    } catch (error) {
      log.error({ err: error }, 'The credential could not be stored: after a restart this agent needs a new enrolment token.');
    }
    log.info({ agent: enrolled.agent }, 'enrolled');
    return this.secretInUse;
  }

  // The same trouble every few seconds is one line, not thousands.
  private say(problem: string): null {
    if (problem !== this.lastProblem) this.parts.log.warn(problem);
    this.lastProblem = problem;
    return null;
  }
}
