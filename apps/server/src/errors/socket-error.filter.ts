import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { reportFailure } from './report-failure.js';

type Acknowledge = (answer: { ok: false; code: string; message: string }) => void;

/**
 * The same for socket events: the acknowledgement gets `{ ok: false, code, message }`. Nest applies no global filter to gateways, so each gateway
 * declares it: `@UseFilters(SocketErrorFilter)`.
 */
@Catch()
export class SocketErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('Live');

  catch(failure: unknown, host: ArgumentsHost): void {
    const { code, message } = reportFailure(failure, this.log);
    const acknowledge = host.getArgs().find((part): part is Acknowledge => typeof part === 'function');
    acknowledge?.({ ok: false, code, message });
  }
}
