import type { ByteHash } from '../labels/byte-hash.js';
import type { BodyCursor } from './body-cursor.js';
import type { CommentMemory } from './comment-memory.js';
import type { Dialect } from './dialect.js';
import type { ExpositionReceiver } from './exposition.js';
import type { FamilyComment } from './family-comment.js';
import type { SampleLine } from './sample-line.js';
import type { ToldFamilies } from './told-families.js';

/** What must hold between lines; each line has been read when it comes here. They throw ExpositionError. */
export interface BodyRules {
  comment(comment: FamilyComment): void;
  sample(line: SampleLine): void;
  end(): void;
}

/** What the reading of one body works with. */
export interface BodyReading {
  readonly cursor: BodyCursor;
  readonly dialect: Dialect;
  readonly hash: ByteHash;
  readonly line: SampleLine;
  readonly families: ToldFamilies;
  readonly receiver: ExpositionReceiver;
  /** Null where each comment is to be read anew. */
  readonly comments: CommentMemory | null;
  /** Null: each line for itself. */
  readonly rules: BodyRules | null;
}
