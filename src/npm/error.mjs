/** Thrown for arguments that a call cannot use; see types.d.ts. */
export class PosternError extends Error {
  constructor({ code, message, path }) {
    super(message);
    this.name = 'PosternError';
    this.code = code;
    this.path = path ?? null;
  }
}
