/** A file that cannot be read as what it is. */
export class SourceError extends Error {
  /** Where in the file, in UTF-16 code units. */
  readonly offset: number;

  constructor(message: string, offset = 0) {
    super(message);
    this.name = 'SourceError';
    this.offset = offset;
  }
}

/** How what is said of a text begins that breaks the rules of YAML itself. */
export const NOT_YAML = 'This is not YAML';

/** Longer files are refused: beyond them memory, and not the wish to check, decides. */
export const LONGEST = { json: 64 << 20, yaml: 4 << 20, hcl: 8 << 20 };
/** Deeper values hold no policy; IAM's own are ten deep. */
export const DEEPEST = 200;

export function refuseLong(text: string, format: keyof typeof LONGEST): void {
  if (text.length <= LONGEST[format]) return;
  const most = LONGEST[format] >> 20;
  throw new SourceError(`The file has ${text.length} characters. Of ${format.toUpperCase()} at most ${most} million are read.`);
}
