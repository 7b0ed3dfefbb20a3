// The commands that print what Check a role reads (AWS CLI 2 command reference, read 2026-11).

const bash = (...lines: string[]) => [...lines, ''].join('\n');

export const COMMANDS = [
  {
    id: 'bash', label: 'bash',
    text: bash(
      'ROLE=your-role-name',
      'aws iam get-role --role-name "$ROLE"',
      'for NAME in $(aws iam list-role-policies --role-name "$ROLE" --query "PolicyNames[]" --output text); do',
      '    aws iam get-role-policy --role-name "$ROLE" --policy-name "$NAME"',
      'done',
      'for ARN in $(aws iam list-attached-role-policies --role-name "$ROLE" --query "AttachedPolicies[].PolicyArn" --output text); do',
      '    aws iam get-policy-version --policy-arn "$ARN" \\',
      '        --version-id "$(aws iam get-policy --policy-arn "$ARN" --query Policy.DefaultVersionId --output text)"',
      'done',
    ),
  },
  {
    id: 'powershell', label: 'PowerShell',
    text: bash(
      '$Role = "your-role-name"',
      'aws iam get-role --role-name $Role',
      'foreach ($Name in aws iam list-role-policies --role-name $Role --query "PolicyNames[]" --output json | ConvertFrom-Json) {',
      '    aws iam get-role-policy --role-name $Role --policy-name $Name',
      '}',
      'foreach ($Arn in aws iam list-attached-role-policies --role-name $Role --query "AttachedPolicies[].PolicyArn" --output json | ConvertFrom-Json) {',
      '    $Version = aws iam get-policy --policy-arn $Arn --query Policy.DefaultVersionId --output text',
      '    aws iam get-policy-version --policy-arn $Arn --version-id $Version',
      '}',
    ),
  },
] as const;

/** What the commands need to be allowed, and do. */
export const READS = [
  'Reads only: the role with its trust policy, its inline policies, and the default versions of the managed policies attached to it.',
  'Needs iam:GetRole, iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy and iam:GetPolicyVersion.',
  'Paste all that it prints into one field. Nothing has to be taken apart.',
];
