// The forms in which a policy is shown, as tabs; where a tool has two, the second is a choice in the tab.
import { core, type ExportFormat } from './engine.js';
import type { Core } from './state.js';

export interface Format {
  /** The engine's name of it; null for the JSON text itself. */
  format: ExportFormat | null;
  /** What tells it from the tab's other formats. */
  variant: string;
  extension: string;
}

export interface FormatTab {
  id: string;
  label: string;
  formats: readonly [Format, ...Format[]];
}

export const JSON_FORMAT: Format = { format: null, variant: 'JSON', extension: 'json' };

export const EXPORTS: readonly FormatTab[] = [
  { id: 'aws-cli', label: 'AWS CLI', formats: [
    { format: 'aws-cli', variant: 'bash', extension: 'sh' },
    { format: 'aws-cli-powershell', variant: 'PowerShell', extension: 'ps1' },
  ] },
  { id: 'terraform', label: 'Terraform', formats: [
    { format: 'terraform', variant: 'aws_iam_policy_document', extension: 'tf' },
    { format: 'terraform-jsonencode', variant: 'jsonencode', extension: 'tf' },
  ] },
  { id: 'cloudformation', label: 'CloudFormation', formats: [
    { format: 'cloudformation', variant: 'YAML', extension: 'yaml' },
    { format: 'cloudformation-json', variant: 'JSON', extension: 'json' },
  ] },
  { id: 'cdk', label: 'CDK', formats: [
    { format: 'cdk-typescript', variant: 'TypeScript', extension: 'ts' },
    { format: 'cdk-python', variant: 'Python', extension: 'py' },
  ] },
  { id: 'pulumi', label: 'Pulumi', formats: [
    { format: 'pulumi-typescript', variant: 'TypeScript', extension: 'ts' },
  ] },
];

/** What an export is put on and the names in it, in the engine's words. */
export interface ExportTarget {
  attachTo: string;
  [name: string]: string;
}

export type Exporter = (policy: string, target: ExportTarget & { format: ExportFormat }) => string;

/** The engine's exporter, which checks the names that people typed; null while the engine is not there. */
export function exporter(state: Core): Exporter | null {
  return state === 'ready' ? core().exportPolicy as Exporter : null;
}
