/** The version of the package, which the build fills in. */
declare const POSTERN_VERSION: string;

/** Of each code in src/data/messages.txt the first of its texts, which the build fills in. */
declare const POSTERN_MESSAGES: Readonly<Record<string, string>>;
