/** As many queries as one chart can be read with. */
export const MAX_QUERIES = 8;
type QueryField = `q${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`;
type OtherField = 'hidden' | 'tab' | 'range' | 'from' | 'to' | 'step' | 'refresh' | 'filter' | 'sort' | 'metrics';

/** The state of the Explore screen as its address holds it; what each text means is in explore-view.ts. */
export type ExploreSearch = { readonly [Field in QueryField | OtherField]?: string };

export const QUERY_FIELDS: readonly QueryField[] = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8'];
const FIELDS: readonly (QueryField | OtherField)[] = [...QUERY_FIELDS, 'hidden', 'tab', 'range', 'from', 'to', 'step', 'refresh', 'filter', 'sort', 'metrics'];

/** Keeps the texts that belong here and drops the rest: an address typed by hand never breaks the page. */
export function parseExploreSearch(raw: Readonly<Record<string, unknown>>): ExploreSearch {
  return Object.fromEntries(FIELDS.flatMap((field) => (typeof raw[field] === 'string' && raw[field] !== '' ? [[field, raw[field]]] : [])));
}
