import { ERRORS } from '../../dist/libs/contracts/src/index.js';
import { NOTE, code, page, table } from './markdown.mjs';

export function errorsPage() {
  const rows = Object.entries(ERRORS).map(([errorCode, spec]) => [code(errorCode), spec.httpStatus, spec.retryable ? 'yes' : 'no', spec.template]);
  const shape = 'Every answer that is not a success carries `{ "error": { "code", "message", "details" } }`.';
  return page('# Errors', NOTE, shape, table(['Code', 'HTTP status', 'Try again', 'Message'], rows));
}
