// Lets a column stay in sight while the other scrolls.
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Marks the element while it is lower than the window. Only then may it stick: of a taller one the lower end, and
 * the focus in it, would stay out of reach.
 */
export function useFits<T extends HTMLElement>() {
  const element = useRef<T>(null);
  useLayoutEffect(() => {
    const column = element.current;
    if (column === null || !('ResizeObserver' in globalThis)) return undefined;
    const mark = () => column.toggleAttribute('data-fits', column.offsetHeight + 32 <= innerHeight);
    const observer = new ResizeObserver(mark);
    observer.observe(column);
    addEventListener('resize', mark);
    return () => {
      observer.disconnect();
      removeEventListener('resize', mark);
    };
  }, []);
  return element;
}
