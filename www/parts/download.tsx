// A button that saves a text as a file.
import { useContext } from 'preact/hooks';
import { StatusContext } from './status.js';

interface Props {
  /** The name of the file. */
  name: string;
  text: string;
}

export function Download({ name, text }: Props) {
  const { say } = useContext(StatusContext);
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    // The browser reads the text after the click; an address that is gone by then would give an empty file.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    say(`Saved as ${name}.`);
  };
  return <button type="button" onClick={save}>Download</button>;
}
