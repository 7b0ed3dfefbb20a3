// postern.json as somebody writes it. Its JSON Schema is made of this.

/** What the policies of a repository are, and what may stay. Globs are relative to the folder of this file. */
export interface ConfigFile {
  /** The JSON Schema of this file, by which editors know its fields. */
  $schema?: string;
  /** The least findings that make a check fail, unless `--fail-on` says another. Default `"security"`, which includes errors. */
  failOn?: 'error' | 'security' | 'warning' | 'suggestion';
  /** Globs of what is not looked at in folders. A file that is named on the command line is read all the same. */
  exclude?: Text[];
  /** As what policies are checked. Of several entries that mean a file the last counts. */
  policies?: PolicyEntry[];
  /** Findings that may stay. One that has nothing to suppress any more is reported. */
  suppressions?: SuppressionEntry[];
}

/** As what the policies of some files are checked. */
export interface PolicyEntry {
  /**
   * A glob, such as `"scps/**"`. One without `/` means files of that name in every folder.
   * @minLength 1
   */
  files: string;
  /** The type of the policies. Default: guessed from text and file name. */
  type?: 'identity' | 'trust' | 'resource' | 'scp' | 'rcp';
  /**
   * The resource of a resource policy, such as `"AWS::S3::Bucket"`.
   * @minLength 1
   */
  resourceType?: string;
  /** Holds the length of an identity policy against that quota. */
  identityPolicy?: 'managed' | 'inline-role' | 'inline-user' | 'inline-group';
}

/** A finding that may stay. */
export interface SuppressionEntry {
  /**
   * The code of the check, such as `"PASS_ROLE_WITH_STAR_IN_RESOURCE"`.
   * @minLength 1
   */
  code: string;
  /**
   * A glob of the files in which it may stay.
   * @minLength 1
   */
  files: string;
  /**
   * Why it may stay, in a sentence for whoever reads this next.
   * @minLength 1
   */
  reason: string;
  /**
   * The policy in the file by its name, as reports have it. Default: every one.
   * @minLength 1
   */
  policy?: string;
  /**
   * The place in the policy as a JSON Pointer, such as `"/Statement/1"`; what is within counts too. Default: everywhere.
   * @minLength 1
   */
  pointer?: string;
}

/**
 * What is not empty, in a list.
 * @minLength 1
 */
export type Text = string;
