/** `20 %`; up to three digits, so that small shares stay legible. */
export function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
