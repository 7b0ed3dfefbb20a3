// What the AWS CLI prints of policies and roles for people, in which it leaves out too much for a policy to be read.

/** Whether a text is that: as `--output text` has policies and roles, or `--output table`. */
export const isAsText = (text: string): boolean => (
  /^(?:ATTACHEDPOLICIES|ATTACHEDMANAGEDPOLICIES|POLICYDOCUMENT|POLICYNAMES|POLICYVERSION|ROLEPOLICYLIST|ROLEDETAILLIST|ASSUMEROLEPOLICYDOCUMENT|ROLE)(?:\t|\r?$)/m.test(text)
  || /^\|[ \t]+(?:Get|List)(?=\w*(?:Polic|Role|AccountAuth))\w+[ \t]+\|\r?$/m.test(text)
);

/** Behind the name of the file. */
export const AS_TEXT = 'it is what the AWS CLI prints with --output text or table. Save it with --output json.';
