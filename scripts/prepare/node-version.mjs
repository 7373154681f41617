/** The oldest Node that every dependency runs on; equals `engines` in package.json. */
const NEEDED = [20, 19];

/** True on a Node that is new enough; else says so in one line and sets the exit code. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return true;
  console.error(`faultline: Node ${process.versions.node} is too old: Faultline needs ${NEEDED.join('.')} or newer. Install it from https://nodejs.org and try again.`);
  process.exitCode = 1;
  return false;
}
