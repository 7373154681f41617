import { Page } from './page.js';
import { TokensSection } from './tokens-section.js';
import { UsersSection } from './users-section.js';

/** Who may do what, and the keys of machines. */
export function AccessPage() {
  return (
    <Page title="Access" intro="Viewers watch and may halt. Operators also inject and stop faults. Admins also resume after a halt, enrol agents and invite people.">
      <UsersSection />
      <TokensSection />
    </Page>
  );
}
