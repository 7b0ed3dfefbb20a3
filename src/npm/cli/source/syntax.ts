// In what a file is written: JSON, YAML or HCL.

export type FileSyntax = 'json' | 'yaml' | 'hcl';

/** By its name, or else as it looks. What a tool fills in, such as `{{ name }}`, begins no JSON. */
export function syntaxOf(text: string, fileName: string): FileSyntax {
  if (/\.(?:tf|tofu|hcl|tfvars)$/i.test(fileName)) return 'hcl';
  if (/\.ya?ml$/i.test(fileName)) return 'yaml';
  if (/^\s*(?:["[]|\{(?![{%#]))/.test(text) || isJsonFile(fileName)) return 'json';
  return /^[ \t]*(?:data|locals|module|resource|terraform|variable)[ \t]*["{]/m.test(text) ? 'hcl' : 'yaml';
}

export const isJsonFile = (fileName: string): boolean => /\.json[c5]?$/i.test(fileName);
