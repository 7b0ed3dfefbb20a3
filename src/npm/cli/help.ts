// What --help prints, for the whole and for each command.

export const HELP: Record<string, string> = {
  '': `postern: builds and checks IAM policies, offline.

Usage: postern COMMAND [WORDS] [OPTIONS]

Commands
  check FILES|DIRS|GLOBS|-    find mistakes in policies, as IAM Access Analyzer does, and fix them

Options
  --help       this text; after a command, its options
  --version    the version, and the day of the data on AWS services

Exit codes: 0 nothing was found, 1 something was found, 2 a wrong option or a file that cannot be read.
Nothing is sent anywhere, and no credentials are needed.

Examples
  postern check policies/
  postern check --fix role.json
  postern check --format sarif . > postern.sarif
`,
  check: `postern check FILES|DIRS|GLOBS|-: finds mistakes in IAM policies.

Folders are searched for JSON, without what .gitignore leaves out. A file that is named is always read.

  --format NAME            human (default), json, jsonl, sarif, github, gitlab, junit, access-analyzer
  --fail-on LEVEL          error, security (default), warning, suggestion: what exit code 1 is for
  --exit-zero              exit with 0 whatever is found
  --fix                    write fixes that change nothing of what is allowed; with - to standard output
  --unsafe                 with --fix or --diff: fixes that may change it too
  --diff                   print what --fix would change, and write nothing
  --policy-type TYPE       identity, trust, resource, scp, rcp; default: guessed from text and file name
  --resource-type TYPE     the resource of a resource policy, such as AWS::S3::Bucket
  --identity-policy KIND   managed, inline-role, inline-user, inline-group: holds its length against that quota
  --stdin-filename NAME    what standard input is called in reports and matched as in the configuration
  --config FILE            the configuration; default: the nearest postern.json upwards
  --no-config              none
  --watch                  check again when a file changes
  --color WHEN             auto, always, never; NO_COLOR and FORCE_COLOR are read too

Lines and columns count from 1; in the format access-analyzer they are those of the API.

  aws iam get-role-policy ... --query PolicyDocument | postern check -
`,
};
