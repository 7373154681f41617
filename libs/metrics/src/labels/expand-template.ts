/** The groups of a match by number, the whole match first, and by name; null where a group took no part. */
export interface TemplateGroups {
  readonly numbered: readonly (string | null)[];
  readonly named: ReadonlyMap<string, string | null>;
}

// A name is as long as letters, digits and underscores go, so `$1x` names a group `1x`; `$$` stands for one dollar.
const VARIABLE = /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;
const GROUP_NUMBER = /^(?:0|[1-9]\d{0,7})$/;

/** `$1`, `${1}`, `$name`, `${name}`, as Go's Regexp.Expand has them: an unknown group is empty, a dollar that starts none of these stays. */
export function expandTemplate(template: string, groups: TemplateGroups): string {
  if (!template.includes('$')) return template;
  return template.replaceAll(VARIABLE, (_, braced: string | undefined, bare: string | undefined) => {
    const name = braced ?? bare;
    if (name === undefined) return '$';
    return (GROUP_NUMBER.test(name) ? groups.numbered[Number(name)] : groups.named.get(name)) ?? '';
  });
}
