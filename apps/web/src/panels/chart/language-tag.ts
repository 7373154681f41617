/**
 * Some Linux browsers report a POSIX locale (`en-US@posix`) as their language, which Intl refuses, and uPlot asks Intl with it while it loads:
 * the whole page would fail. Import this before uPlot; it replaces a language that Intl cannot read, and no other.
 */
function isReadable(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    // A RangeError is the answer: not a language tag.
    return false;
  }
}

if (typeof navigator !== 'undefined' && !isReadable(navigator.language)) {
  Object.defineProperty(navigator, 'language', { value: 'en-US', configurable: true });
}
