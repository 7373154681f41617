import { expect, it } from 'vitest';
import { notesText } from './notes.js';

it('an answer carries ten notes of a kind, and says how many more there are', () => {
  const notes = (count: number): string[] => Array.from({ length: count }, (_, i) => `note ${i}`);
  expect(notesText({ warnings: [], infos: [] })).toBe('');
  const { warnings, infos } = JSON.parse(`{"x":0${notesText({ warnings: notes(12), infos: notes(10) })}}`) as Record<string, string[]>;
  expect([warnings?.length, warnings?.at(-1)]).toEqual([11, '2 more warning annotations omitted']);
  expect(infos).toEqual(notes(10));
});
