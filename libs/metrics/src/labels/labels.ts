/** The label that holds a metric's name. */
export const METRIC_NAME = '__name__';

export interface Label {
  readonly name: string;
  readonly value: string;
}

/** What identifies a series: sorted by name in the order of UTF-8 bytes, each name once, no empty values (an empty value is the same as none). */
export type Labels = readonly Label[];
