// The steps in the consoles as data, because the consoles change. Names that stand on the screen are in **stars**.
// The steps, and the AWS pages that the texts rest on, were read 2026-11.

export const CONSOLE = { name: 'IAM console', url: 'https://console.aws.amazon.com/iam/home#/roles' };

export const DEFAULT_POLICY_NAME = 'SessionManagerPermissions';

/** What a text is put on. */
export type Place = 'role' | 'user' | 'group' | 'managed-policy' | 'key' | 'bucket' | 'endpoint' | 'endpoints' | 'trust'
  | 'organization' | 'preferences' | 'document';

export interface Step {
  text: string;
  /** What stands after the text: the policy's name and a button that copies it. */
  after?: 'policy name';
}

export interface Steps {
  heading: string;
  /** Takes the place of {console}. */
  console: { name: string; url: string };
  steps: readonly Step[];
  undo: string;
  /** How many characters a policy may have there, white space not counted (IAM's quotas, read 2026-11). */
  quota?: number;
}

const iam = (page: string) => ({ name: CONSOLE.name, url: CONSOLE.url.replace('roles', page) });
const IN_IAM = 'Paste it into the IAM console';
const PASTE: Step[] = [
  { text: 'In **Policy editor** choose **JSON**.' },
  { text: 'Delete what is there and paste the policy.' },
  { text: 'Look at the findings under the editor, then choose **Next**.' },
  { text: 'Under **Review and create** type a **Policy name**:', after: 'policy name' },
  { text: 'Choose **Create policy**.' },
];
const OLDER = 'Older descriptions mention the pages Tags and Review. The console no longer has them.';
const inline = (list: string, whose: string, page: string, quota: number): Steps => ({
  quota, heading: IN_IAM, console: iam(page),
  steps: [
    { text: `Open the {console} and choose **${list}**.` },
    { text: `Choose the name of your ${whose}.` },
    { text: 'On the **Permissions** tab choose **Add permissions**, then **Create inline policy**.' },
    ...PASTE,
  ],
  undo: `To undo it: on the same tab tick the policy and choose **Remove**. ${OLDER}`,
});
const systemsManager = { name: 'Systems Manager console', url: 'https://console.aws.amazon.com/systems-manager/home' };
const vpc = { name: 'VPC console', url: 'https://console.aws.amazon.com/vpcconsole/home#Endpoints:' };

export const STEPS: Record<Place, Steps> = {
  'role': inline('Roles', 'role', 'roles', 10_240),
  'user': inline('Users', 'user', 'users', 2048),
  'group': inline('User groups', 'group', 'groups', 5120),
  'managed-policy': {
    quota: 6144, heading: IN_IAM, console: iam('policies'),
    steps: [
      { text: 'Open the {console} and choose **Policies**, then **Create policy**.' },
      ...PASTE,
      { text: 'Choose the new policy, and on **Entities attached** choose **Attach**.' },
      { text: 'Tick who gets it and choose **Attach policy**.' },
    ],
    undo: `To undo it: on the same tab tick them and choose **Detach**. ${OLDER}`,
  },
  'trust': {
    heading: IN_IAM, console: iam('roles'),
    steps: [
      { text: 'Open the {console} and choose **Roles**.' },
      { text: 'Choose the name of your role.' },
      { text: 'On the **Trust relationships** tab choose **Edit trust policy**.' },
      { text: 'Keep a copy of what is there, then delete it and paste the policy.' },
      { text: 'Look at the findings under the editor, then choose **Update policy**.' },
    ],
    undo: 'To undo it: paste the copy in the same place.',
  },
  'key': {
    heading: 'Paste it into the KMS console', console: { name: 'KMS console', url: 'https://console.aws.amazon.com/kms/home#/kms/keys' },
    steps: [
      { text: 'Open the {console} in the Region of the key and choose **Customer managed keys**.' },
      { text: 'Choose the key.' },
      { text: 'On the **Key policy** tab choose **Switch to policy view**, then **Edit**.' },
      { text: 'Keep a copy of what is there. Paste the policy, or the statements that are missing.' },
      { text: 'Choose **Save changes**.' },
    ],
    undo: 'To undo it: paste the copy in the same place.',
  },
  'bucket': {
    heading: 'Paste it into the S3 console', console: { name: 'S3 console', url: 'https://console.aws.amazon.com/s3/buckets' },
    steps: [
      { text: 'Open the {console} and choose the bucket.' },
      { text: 'On the **Permissions** tab, under **Bucket policy**, choose **Edit**.' },
      { text: 'Keep a copy of what is there. Paste the policy, or the statements that are missing.' },
      { text: 'Look at the findings under the editor, then choose **Save changes**.' },
    ],
    undo: 'To undo it: paste the copy in the same place, or choose **Delete** when there was none.',
  },
  'endpoint': {
    heading: 'Paste it into the VPC console', console: vpc,
    steps: [
      { text: 'Open the {console} and choose **Endpoints**.' },
      { text: 'Choose the endpoint of the service.' },
      { text: 'Choose **Actions**, then **Manage policy**.' },
      { text: 'Choose **Custom**, delete what is there and paste the policy.' },
      { text: 'Choose **Save**.' },
    ],
    undo: 'To undo it: in the same place choose **Full access**.',
  },
  'endpoints': {
    heading: 'Make them in the VPC console', console: vpc,
    steps: [
      { text: 'Open the {console} and choose **Endpoints**, then **Create endpoint**.' },
      { text: 'Under **Type** choose **AWS services**, and under **Services** the name from the list.' },
      { text: 'Choose the VPC, the subnets of the nodes and a security group that lets in port 443.' },
      { text: 'Choose **Create endpoint**, and do the same for the next name.' },
    ],
    undo: 'To undo it: choose the endpoint, then **Actions** and **Delete VPC endpoints**.',
  },
  'organization': {
    heading: 'Paste it into the Organizations console',
    console: { name: 'Organizations console', url: 'https://console.aws.amazon.com/organizations/v2/home/policies/service-control-policy' },
    steps: [
      { text: 'Open the {console} and choose **Policies**, then **Service control policies**.' },
      { text: 'Choose **Create policy** and give it a name.' },
      { text: 'Delete what is there, paste the policy and choose **Create policy**.' },
      { text: 'Choose the new policy, and on the **Targets** tab choose **Attach**.' },
    ],
    undo: 'To undo it: on the same tab choose **Detach**.',
  },
  'preferences': {
    heading: 'Store it', console: systemsManager,
    steps: [
      { text: 'Download the text and save it under the name that stands in the command.' },
      { text: 'Run the command in the same folder.' },
      { text: 'Look at it: open the {console}, choose **Session Manager**, then the **Preferences** tab.' },
    ],
    undo: 'To undo it: on the same tab choose **Edit**.',
  },
  'document': {
    heading: 'Store it', console: systemsManager,
    steps: [
      { text: 'Download the text and save it under the name that stands in the command.' },
      { text: 'Run the command in the same folder.' },
      { text: 'Look at it: open the {console}, choose **Documents**, then **Owned by me**.' },
    ],
    undo: 'To undo it: choose the document there, then **Actions** and **Delete document**.',
  },
};
