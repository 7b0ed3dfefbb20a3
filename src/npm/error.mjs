/** Thrown for arguments that a call cannot use, and for calls that failed; see types.d.ts. */
export class PosternError extends Error {
  constructor({ code, message, path }, options) {
    super(message, options);
    this.name = 'PosternError';
    this.code = code;
    this.path = path ?? null;
  }
}
