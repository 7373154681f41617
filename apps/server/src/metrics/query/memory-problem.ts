/** What somebody reads whose query ran when the queries together needed more than `bytes`. */
export function memoryProblem(bytes: number): string {
  return `query processing needs more memory than queries may use together (${Math.round(bytes / 1_048_576)} MiB): ask for fewer series, a shorter time or a greater step`;
}
