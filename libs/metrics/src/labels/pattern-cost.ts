const COUNTED_REPEAT = /\{(\d{1,4})(?:,(\d{0,4}))?\}/y;

/**
 * About how many instructions RE2 would compile the pattern to. An estimate, made before compiling because that is what takes the time: `(.{1000}){9}`
 * of 12 characters is a program of 9,000. Reads wrong patterns as well; RE2 says what is wrong with them.
 */
export function estimatedProgramSize(pattern: string): number {
  // What stands before each open group; then what was read of the innermost one.
  const outer: number[] = [];
  let size = 0;
  let lastItem = 0;
  let at = 0;
  while (at < pattern.length) {
    const char = pattern[at]!;
    if (char === '{') {
      COUNTED_REPEAT.lastIndex = at;
      const repeat = COUNTED_REPEAT.exec(pattern);
      if (repeat !== null) {
        const times = Math.max(Number(repeat[1]), Number(repeat[2] ?? 0), 1);
        size += lastItem * (times - 1);
        lastItem *= times;
        at += repeat[0].length;
        continue;
      }
    }
    if (char === '(') {
      outer.push(size);
      size = 0;
    } else if (char === ')' && outer.length > 0) {
      lastItem = size + 1;
      size = outer.pop()! + lastItem;
    } else {
      size += 1;
      lastItem = 1;
    }
    at = endOfItem(pattern, at);
  }
  return outer.reduce((sum, before) => sum + before, size);
}

function endOfItem(pattern: string, at: number): number {
  if (pattern[at] === '\\') return at + 2;
  return pattern[at] === '[' ? endOfClass(pattern, at) : at + 1;
}

/** A `]` right behind the opening, or behind its `^`, is a member. */
function endOfClass(pattern: string, at: number): number {
  let end = at + (pattern[at + 1] === '^' ? 2 : 1);
  if (pattern[end] === ']') end += 1;
  while (end < pattern.length && pattern[end] !== ']') end += pattern[end] === '\\' ? 2 : 1;
  return end + 1;
}
