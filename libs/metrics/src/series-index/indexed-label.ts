import type { Label } from '../labels/labels.js';
import type { PostingList } from './posting-list.js';

/** Everything about one label: itself, the one copy that all of its series share, and which these are. */
export interface IndexedLabel {
  readonly label: Label;
  readonly series: PostingList;
}

/** By name, then by value. */
export type IndexedLabels = ReadonlyMap<string, ReadonlyMap<string, IndexedLabel>>;
