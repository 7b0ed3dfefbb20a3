/** The version of the package, which the build fills in. */
declare const POSTERN_VERSION: string;
