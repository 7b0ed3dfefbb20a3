// A real file input that looks like a button.
import { useRef } from 'preact/hooks';
import { TOO_LARGE } from '../ask.js';

interface Props {
  id: string;
  name: string;
  multiple?: boolean;
  isOff?: boolean;
  onOpen: (files: { name: string; text: string }[]) => void;
  onRefuse: (characters: number) => void;
}

export function OpenFile({ id, name, multiple = false, isOff = false, onOpen, onRefuse }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const read = async () => {
    const files = [...input.current?.files ?? []];
    if (input.current !== null) input.current.value = ''; // So that the same file can be opened again.
    // A character takes at least one byte, so a text within the limit may be in a larger file, but not in four times it.
    const large = files.find(({ size }) => size > 4 * TOO_LARGE);
    if (large !== undefined) return onRefuse(large.size);
    const opened = await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
    const long = opened.find(({ text }) => text.length > TOO_LARGE);
    if (long !== undefined) return onRefuse(long.text.length);
    if (opened.length > 0) onOpen(opened);
  };
  return (
    <span class="open-file">
      <input type="file" id={id} ref={input} multiple={multiple} disabled={isOff} onChange={() => void read()} />
      <label for={id}>{name}</label>
    </span>
  );
}
