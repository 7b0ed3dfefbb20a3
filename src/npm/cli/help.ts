// What --help prints, for the whole and for each command.

export const HELP: Record<string, string> = {
  '': `postern: builds and checks IAM policies, offline.

Usage: postern COMMAND [WORDS] [OPTIONS]

Commands
  check FILES|DIRS|GLOBS|-     find mistakes in policies, as IAM Access Analyzer does, and fix them
  diff OLD NEW | --git REV -- PATHS
                               what a change of policies lets somebody do, and what it takes away
  role FILES|DIRS|-            what a role lets Session Manager do, and what is missing; whole accounts
  build node|operator|related KIND|setup
                               make the policies that Session Manager needs, or the whole set-up
  explain CODE | --error TEXT  what a code in the output stands for, what an error message means
  export FILE|-                a policy for the AWS CLI, Terraform, CloudFormation, CDK or Pulumi
  fmt FILES|DIRS|GLOBS|-       lay policies out
  minimize FILE|-              the smallest policy that allows exactly the same
  lsp                          the language server for editors, over standard input and output

Options
  --help       this text; after a command, its options
  --version    the version, and the day of the data on AWS services

Exit codes: 0 nothing was found, 1 something was found, 2 a wrong option or a file that cannot be read.
Nothing is sent anywhere, and no credentials are needed.

Examples
  postern check policies/
  aws iam get-account-authorization-details | postern role -
  postern build node --region eu-west-1 --s3-logs.bucket example-session-logs > node.json
`,
  check: `postern check FILES|DIRS|GLOBS|-: finds mistakes in IAM policies.

Folders are searched for policies, templates, plans and modules, without what
.gitignore leaves out. A file that is named is always read.

  --format NAME            human (default), json, jsonl, sarif, github, gitlab, junit, access-analyzer
  --fail-on LEVEL          error, security (default), warning, suggestion: what exit code 1 is for
  --exit-zero              exit with 0 whatever is found
  --fix                    write fixes that change nothing of what is allowed; with - to standard output
  --unsafe                 with --fix or --diff: fixes that may change it too
  --diff                   print what --fix would change, and write nothing
  --policy-type TYPE       identity, trust, resource, scp, rcp; default: guessed from text and file name
  --resource-type TYPE     the resource of a resource policy, such as AWS::S3::Bucket
  --identity-policy KIND   managed, inline-role, inline-user, inline-group: holds its length against that quota
  --not-granted LIST       actions, separated by commas, that no policy may grant; with the next option, on these resources
  --not-granted-on ARN     a resource, which may have wildcards; may be repeated
  --no-public-access TYPE  no resource policy may let strangers in; TYPE such as AWS::S3::Bucket
  --stdin-filename NAME    what standard input is called in reports and matched as in the configuration
  --config FILE            the configuration; default: the nearest postern.json from the working directory upwards. The guide
                           "What postern.json says" has its fields: config.html, docs/config.md in the repository
  --no-config              none
  --watch                  check again when a file changes
  --color WHEN             auto, always, never; NO_COLOR and FORCE_COLOR are read too

Where --not-granted asks, policies that the file attaches count too: those of AWS that Postern knows as they are, and of any
other nobody can tell, which is a finding.

A policy of which the file alone tells nothing, such as one that is a parameter, is named on standard error as not checked;
in the format json under notChecked, in sarif, github, gitlab and junit as what is for information only.

Lines and columns count from 1; in the format access-analyzer they are those of the API. Exit code 2 for what cannot be
read, for a run that finds no policy, and for a folder in which no file may hold one. In YAML and HCL a fix is written that
changes a value or takes an entry out of a list; what has to be mended by hand is said.

  aws iam get-role-policy ... --query PolicyDocument | postern check -
`,
  diff: `postern diff OLD NEW: what the new policies allow and the old do not, over all requests, and the other way round.
postern diff --git REV -- PATHS: the same of the files below PATHS (default: here), as they are, against a revision.

OLD and NEW are two files, of which one may be - for standard input, or two folders. Policies inside templates are matched
by name. One that is only on one side is compared with a policy that allows nothing. What an expression refers to counts,
in the other files of its module too: of folders and revisions they are read.

  --format NAME            human (default), json, sarif, github
  --fail-on WHAT           gained (default), lost, any: what exit code 1 is for
  --allow-unknown          exit with 0 where it cannot be told whether something is gained or lost
  --exit-zero              exit with 0 whatever changed
  --requests any|known     known: only actions, resources and condition keys that the catalog knows; default: any, as AWS
  --policy-type TYPE       identity, trust, resource, scp, rcp; default: guessed from text and file name
  --config FILE, --no-config, --color WHEN   as for check

Files that were renamed are followed as git does, and policies that went to another file. What gives access and is no policy,
such as a permission of Lambda, a grant of KMS, a share or another role of an instance, is not compared, nor is what a module
from elsewhere makes: that it is new or another one is told as what cannot be told. A policy that has changed and of which
nothing can be read is named on standard error, in the format json under notCompared, in sarif and github as a finding.

A policy that only denies is compared beside one that allows everything. Each change is told with one request as proof, and
with the actions by way of which more or less is allowed.

  postern diff --git origin/main -- policies/ template.yaml
`,
  role: `postern role FILES|DIRS|-: what the policies of a role let Session Manager do.

It reads policies, and what aws iam get-role-policy, get-policy-version, get-role, list-attached-role-policies and
get-account-authorization-details print, or one of its roles, as JSON or YAML. Of a whole account there is a table, a line
for each role; its pages, and a file for each --filter, are read together, and accounts stay apart. Templates, and modules,
plans and states of Terraform are read too, with the managed policies that they attach and the permissions
boundaries of their roles. What hangs on a value or a condition that only the deployment knows is unknown, and so is of
several roles what is not so of all of them. Of a module give all files, or its folder: override files stand for what they
say of a block. A module or a nested stack that is given the role by its name may attach more. What a module is given is for
nobody knows what, unless its files are there or its documentation tells. An attached policy that is neither in the files
nor known here leaves open what nothing else allows, and is taken to deny nothing, unless its expression may lead to a
policy of AWS that denies.

  --wants LIST             what it is for: shell, port, kms, s3, logs, or capabilities such as s3-logs-cross-account
  --side node|operator     whose policies they are; default: told by the trust policy, else guessed
  --allow-unknown          exit with 0 where it cannot be told whether something in --wants works
  --missing                print the policy that has to be added
  --role NAME              the role, where the files hold several; by its name, path, ARN, or its resource; FILE:NAME where
                           files have the same name. Of a template or module also a policy, by its name or its resource,
                           which is asked of alone. Where files tell of nobody, the name of who has the policies
  --format NAME            human (default), json; of a whole account one line for each role
  --boundary FILE          its permissions boundary, in place of the one in the files
  --scp FILE               a service control policy; may be repeated
  --key-policy FILE, --bucket-policy FILE
                           the policies of the key and the bucket
  --trust-policy FILE      who may take the role; only these in --wants look at it: trust.ec2, trust.hybrid, trust.dhmc,
                           trust.ecs-tasks
  --endpoint-policy SERVICE=FILE
                           of a VPC endpoint: ssm, ssmmessages, ec2messages, s3, kms, logs; may be repeated
  --region, --account-id, --instance-id, --kms-key-arn, --bucket, --prefix, --log-group, --tag-key, --tag-value,
  --document-name, --parameter-name, --cluster, --task-id, --role-name, --user-name, --partition
                           what is asked about, such as one key. Without it a thing works where it works for every
                           key, fails where it does for none, and is unknown where that depends on the key. Of a template
                           AWS::Partition and AWS::URLSuffix are known by the partition or the Region

Exit code 1 when something in --wants does not work, or cannot be told; of a whole account when it is so for any of its
roles. Without --wants it is 0. --role asks of one role alone.

  postern role role.json --wants shell,kms --kms-key-arn arn:aws:kms:eu-west-1:111122223333:key/... --missing
`,
  build: `postern build node|operator|related KIND|setup: makes policies for Session Manager.

Each option of the package is a flag: "postern build node --help" lists those of a node. What is on or off has two, such as
--channel and --no-channel. Several words of a list stand with commas, other values each behind a flag of its own.

For all:
  --options FILE|-         the options as JSON; flags win over them
  --output FILE            where the policy goes; of a set-up: the folder, or the file where it is one
  --force                  replace files that hold something else
  --json                   all that is known of the result, as JSON
  --quiet                  no notes

  postern build operator --region eu-west-1 --account-id 111122223333 --targets.tags Team=web --scope least-privilege
`,
  explain: `postern explain CODE: what a check is for, when a builder gives a note, what a capability such as node.s3-logs needs,
and what any other word of the output is, such as the code of an error message, the kind of a reason or "gained"; what a word
is that an option takes, such as shell for --wants; and what a command is for.
postern explain --error TEXT|-: what an error message means.

  --error TEXT|-           a message of the AWS CLI, the agent, the plugin or a console; - reads standard input
  --format NAME            human (default), json

  postern explain PASS_ROLE_WITH_STAR_IN_RESOURCE
`,
  export: `postern export FILE|-: writes a policy for the tool that will attach it.

  --output FILE            where it goes; default: standard output
  --force                  replace a file that holds something else

  postern build node | postern export - --format terraform --role-name WebServer
`,
  fmt: `postern fmt FILES|DIRS|GLOBS|-: lays policies out as the package prints them.

One file or standard input is printed; values stay as they are written, elements come in the usual order.

  --write                  write the files, and print the names of those that changed
  --check                  print those names only; exit code 1 when there are any
  --diff                   print what would change
  --config FILE, --no-config   as for check

  postern fmt --check policies/
`,
  minimize: `postern minimize FILE|-: prints the smallest policy that was found to allow exactly the same, proved over all requests.

Standard error tells how many characters it had, and has.

  --policy-type TYPE       identity, trust, resource, scp; default: by what its text has
  --wildcards              also patterns for names of actions, where they match the same of all that the catalog knows
  --output FILE            where it goes; default: standard output
  --force                  replace a file that holds something else

  postern minimize policy.json
`,
  lsp: `postern lsp: the language server for editors, over standard input and output.

It underlines findings in policies, also inside templates and modules, mends them, completes what is typed, and explains what
is under the pointer. It reads postern.json as "postern check" does. The guide "Policies in editors" has the set-up lines for Visual Studio Code, Neovim, Helix and Zed: editors.html of the
documentation, docs/editors.md in the repository.

  postern lsp
`,
};
