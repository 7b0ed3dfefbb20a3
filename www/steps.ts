// The steps in the IAM console as data, because the console changes. Names that stand on the screen are in **stars**.

/** When the steps, and the AWS pages that the texts rest on, were last looked at. */
export const CHECKED = '2026-11';

export const CONSOLE = { name: 'IAM console', url: 'https://console.aws.amazon.com/iam/home#/roles' };

export const DEFAULT_POLICY_NAME = 'SessionManagerPermissions';

export interface Step {
  text: string;
  /** What stands after the text: a link to the console, or the policy's name and a button that copies it. */
  after?: 'policy name';
}

export const STEPS: Step[] = [
  { text: 'Open the {console} and choose **Roles**.' },
  { text: 'Choose the name of your role.' },
  { text: 'On the **Permissions** tab choose **Add permissions**, then **Create inline policy**.' },
  { text: 'In **Policy editor** choose **JSON**.' },
  { text: 'Delete what is there and paste the policy.' },
  { text: 'Look at the findings under the editor, then choose **Next**.' },
  { text: 'Under **Review and create** type a **Policy name**:', after: 'policy name' },
  { text: 'Choose **Create policy**.' },
];

export const UNDO = 'To undo it: on the same tab tick the policy and choose **Remove**.';
export const OLDER = 'Older descriptions mention the pages Tags and Review. The console no longer has them.';
