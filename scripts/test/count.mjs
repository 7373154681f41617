export const NONE = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/** The closing line, in the form that other programs read. */
export function summary({ passed, failed, skipped }) {
  return `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`;
}

export function addCounts(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** Counts a report of Vitest's JSON reporter. A file that failed without a failed test, for it could not be loaded or set up, is one failure. */
export function countReport(report) {
  return report.testResults.map(countFile).reduce(addCounts, NONE);
}

function countFile({ status, assertionResults }) {
  const of = (...statuses) => assertionResults.filter((test) => statuses.includes(test.status)).length;
  const failed = of('failed');
  return { passed: of('passed'), failed: status === 'failed' && failed === 0 ? 1 : failed, skipped: of('skipped', 'pending', 'todo', 'disabled') };
}
