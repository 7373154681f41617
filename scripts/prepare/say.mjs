/** One progress line in the shape `faultline up` goes on with: seconds since this process began, what is being done. */
export function say(text) {
  process.stdout.write(`${process.uptime().toFixed(1).padStart(6)} s  ${text}\n`);
}
