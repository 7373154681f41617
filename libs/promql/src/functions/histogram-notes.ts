import { quote } from '../parser/go-string.js';

/** What is said of the data of one metric; nothing is added when it has no name. */
export function ofMetric(text: string, metricName: string): string {
  return metricName === '' ? text : `${text} for metric name ${quote(metricName)}`;
}
