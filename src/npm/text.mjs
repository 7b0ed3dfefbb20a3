// TextEncoder and TextDecoder, where the glue and the loader take them from. Jest's jsdom has none of its own; Node has.
const fromNode = (name) => globalThis[name] ?? (process.getBuiltinModule?.('node:util') ?? require('node:util'))[name];

const encoder = fromNode('TextEncoder');
const decoder = fromNode('TextDecoder');

export { encoder as TextEncoder, decoder as TextDecoder };
