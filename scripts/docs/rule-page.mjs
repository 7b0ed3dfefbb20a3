// Reads a page of tests/rules, which is test and documentation at once; tests/rules.rs tells its form and holds it true.

/** Its codes, what it says of all of them, and its examples: what is said of each, the text, and as what it is checked. */
export function rulePage(text) {
  const [heading, ...lines] = text.split('\n');
  const page = { codes: heading.replace(/^# /, '').split(', '), about: [], examples: [] };
  let how = { policyType: 'IDENTITY_POLICY' };
  let said = [];
  for (const block of blocks(lines)) {
    const [, type, resource] = /^Policy type: (\w+)(?:, (\S+))?$/.exec(block) ?? [];
    const [, kind] = /^Put on: (\w+)$/.exec(block) ?? [];
    if (type !== undefined) how = { policyType: type, ...resource !== undefined && { validatePolicyResourceType: resource } };
    else if (kind !== undefined) how = { ...how, identityPolicy: kind };
    else if (block.startsWith('```json\n')) {
      // The last paragraph before an example is about it; before the first, the others are about the checks.
      if (page.examples.length === 0) page.about = said.splice(0, said.length - 1);
      page.examples.push({ said, text: block.slice('```json\n'.length), how });
      said = [];
    } else if (!block.startsWith('```')) said.push(block);
  }
  return page;
}

/** Paragraphs, and fenced texts from their fence to their last line. */
function blocks(lines) {
  const found = [];
  let open = null;
  let isFenced = false;
  for (const line of lines) {
    if (isFenced ? line === '```' : line === '') {
      if (open !== null) found.push(open.join('\n'));
      [open, isFenced] = [null, false];
    } else {
      isFenced ||= open === null && line.startsWith('```');
      open = [...open ?? [], line];
    }
  }
  return open === null ? found : [...found, open.join('\n')];
}
