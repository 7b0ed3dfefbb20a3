// Files that the build takes in as bytes.
declare module '*.wasm' {
  const bytes: Uint8Array;
  export default bytes;
}
