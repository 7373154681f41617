import { compileMatcher, type Labels, type Matcher } from '#metrics';
/** Whether all matchers fit the labels. Throws PatternError. */
export function compileMatchers(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map((matcher) => ({ name: matcher.name, fits: compileMatcher(matcher) }));
  return (labels) => tests.every((test) => test.fits(labels.find(({ name }) => name === test.name)?.value ?? ''));
}
