/** A scrape job with what it found and cannot use. */
export interface ScrapePoolView {
  readonly name: string;
  /** Targets that are scraped. */
  readonly active: number;
  /** Targets that relabelling leaves out. */
  readonly dropped: number;
  /** Targets that cannot be scraped as they are described, and why. */
  readonly unusable: readonly { readonly discoveredLabels: Readonly<Record<string, string>>; readonly problem: string }[];
  /** Discoveries whose last attempts failed; what they found before stays. `kind` as in the configuration, like `file`. */
  readonly failing: readonly { readonly kind: string; readonly problem: string; readonly since: string }[];
}
