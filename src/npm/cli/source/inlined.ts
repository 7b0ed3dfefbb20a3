// Expressions of Terraform with what locals say in the place of their names: what went into a local, or out of one, is the
// same expression.

/** So many locals are followed that name one another. */
const DEEPEST = 100;
/** No longer text stands in the place of a name, and no more of all: locals that name others twice would grow without end. */
const [LONGEST, MOST] = [1000, 1 << 22];

export class Inlined {
  /** Each local as far as it is known; null where its name stays. */
  private readonly known = new Map<string, string | null>();
  private depth = 0;
  private left = MOST;

  /** `local` says what a local of a module is; null where its name stays. */
  constructor(private readonly local: (name: string, scope: string) => string | null) {}

  /** An expression, or a text with expressions, that stands in a module. */
  in(text: string, scope: string): string {
    if (!text.includes('local.')) return text;
    return text.replace(REFERENCE, (all, inText: string | undefined, name: string | undefined, at: number) => {
      const own = this.textOf(inText ?? name!, scope);
      if (own === null || (this.left -= own.length) < 0) return all;
      if (inText !== undefined) return IS_TEXT.test(own) ? own.slice(1, -1) : `\${${own}}`;
      // Before the question mark of a choice that begins with it nothing takes it apart.
      const isWhole = name === text.trim() || (at === 0 && !own.includes('?') && /^\s*\?/.test(text.slice(all.length, all.length + 9)));
      return isWhole || !OPERATOR.test(own.replace(/"(?:[^"\\]|\\.)*"/g, '')) ? own : `(${own})`;
    });
  }

  private textOf(name: string, scope: string): string | null {
    const key = `${scope}\0${name}`;
    const before = this.known.get(key);
    if (before !== undefined || this.depth > DEEPEST) return before ?? null;
    // A local that comes back to itself is refused by Terraform.
    this.known.set(key, null);
    this.depth += 1;
    const own = this.local(name, scope);
    const placed = own === null || own.length > LONGEST ? null : this.in(own, scope);
    this.depth -= 1;
    const known = placed !== null && placed.length <= LONGEST ? placed : null;
    this.known.set(key, known);
    return known;
  }
}

/** A local in a text, and elsewhere; not a part of one. */
const REFERENCE = /(?<!\$)\$\{\s*(local\.[\w-]+)\s*\}|(?<![\w.-]|\$\$\{\s{0,9})(local\.[\w-]+)(?![\w.[-])/g;
const IS_TEXT = /^"[^"\\]*"$/;
/** What may take apart what a name held together. */
const OPERATOR = /[?+*/<>=!&|%]|(?<!\w)-|-(?!\w)/;
