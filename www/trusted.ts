// The one Trusted Types policy of the page: which addresses may become scripts.

interface Policy {
  createScriptURL(address: string): string;
}

declare global {
  var trustedTypes: { createPolicy(name: string, rules: Policy): Policy } | undefined;
}

/** The page's own scripts that are loaded later. */
const OWN = ['./editor.js', './more.js', './sw.js'];

const rules: Policy = {
  createScriptURL(address) {
    // A blob: address belongs to what this page itself made in memory.
    if (OWN.includes(address) || address.startsWith('blob:')) return address;
    throw new TypeError('This address may not become a script.');
  },
};

const policy = globalThis.trustedTypes?.createPolicy('app', rules) ?? rules;

/** The address of a script, in the form that the browser takes under the page's security policy. */
export const scriptAddress = (address: string): string => policy.createScriptURL(address);
