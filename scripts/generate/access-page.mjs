import { PERMISSIONS, PERMISSIONS_OF, ROLES } from '../../dist/libs/contracts/src/index.js';
import { NOTE, code, page, table } from './markdown.mjs';

export function accessPage() {
  const rows = PERMISSIONS.map((permission) => [code(permission), ...ROLES.map((role) => (PERMISSIONS_OF[role].includes(permission) ? 'yes' : ''))]);
  return page('# Roles and permissions', NOTE, table(['Permission', ...ROLES], rows));
}
