const LABEL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_';
const DIGITS = '0123456789';

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let i = 0; i < characters.length; i++) table[characters.charCodeAt(i)] = 1;
  return table;
}

/** Which bytes names are made of, where they are not quoted: 1 at each byte that may begin one, or go on. */
export const METRIC_NAME_START = tableOf(`${LABEL}:`);
export const METRIC_NAME_BYTE = tableOf(`${LABEL}:${DIGITS}`);
export const LABEL_NAME_START = tableOf(LABEL);
export const LABEL_NAME_BYTE = tableOf(`${LABEL}${DIGITS}`);
