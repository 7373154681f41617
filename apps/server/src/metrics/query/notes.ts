// As many as Prometheus sends; the rest it counts.
const MAX_NOTES = 10;

export const TRUNCATED = 'results truncated due to limit';

/** The end of an answer: `,"warnings":[...],"infos":[...]`, each only when there are some. */
export function notesText({ warnings, infos }: { readonly warnings: readonly string[]; readonly infos: readonly string[] }): string {
  return noted('warnings', 'warning', warnings) + noted('infos', 'info', infos);
}

function noted(field: string, kind: string, notes: readonly string[]): string {
  if (notes.length === 0) return '';
  const omitted = notes.length > MAX_NOTES ? [`${notes.length - MAX_NOTES} more ${kind} annotations omitted`] : [];
  return `,"${field}":${JSON.stringify([...notes.slice(0, MAX_NOTES), ...omitted])}`;
}
