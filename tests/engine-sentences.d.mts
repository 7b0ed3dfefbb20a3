/** The texts between quotes in files of Rust, with the types of the options that they may be about. */
export function sentences(): Iterable<{ sentence: string; own: string[]; file: string }>;
