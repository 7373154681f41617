import type { AuditRowView } from '#contracts';
import { request } from './request.js';

/** Newest first; `before` is the id of the last row of the page above. */
export function listAudit(before: string | null, limit: number): Promise<AuditRowView[]> {
  const query = new URLSearchParams({ limit: String(limit), ...(before !== null && { before }) });
  return request(`/api/audit?${query}`);
}
