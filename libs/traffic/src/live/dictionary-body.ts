import type { DictionaryFrame } from '#contracts';
import type { ByteReader } from '../bytes/byte-reader.js';
import type { ByteWriter } from '../bytes/byte-writer.js';

export function writeDictionary(writer: ByteWriter, frame: DictionaryFrame): void {
  writer.varint(frame.firstIndex);
  writer.varint(frame.strings.length);
  for (const text of frame.strings) writer.text(text);
}

export function readDictionary(reader: ByteReader): Pick<DictionaryFrame, 'firstIndex' | 'strings'> {
  const firstIndex = reader.varint('the first index');
  const size = reader.count('the number of strings', 1);
  const strings: string[] = [];
  for (let i = 0; i < size; i++) strings.push(reader.text('a string'));
  return { firstIndex, strings };
}
