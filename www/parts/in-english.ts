/** A number as English has it, with commas between the thousands. */
export const inEnglish = (count: number): string => count.toLocaleString('en-US');
