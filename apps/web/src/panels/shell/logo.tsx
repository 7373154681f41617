/** A line that breaks: the product in one mark. */
export function Logo({ sizePx = 24 }: { readonly sizePx?: number }) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M2 21h9l3.5-11" fill="none" stroke="var(--fl-healthy)" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round" />
      <path d="M17.5 22 21 11h9" fill="none" stroke="var(--fl-fault-text)" strokeWidth="3.2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
