import { createContext, useContext } from 'react';
import { FencedCode } from './fenced-code.tsx';

/** Whether more of this block is to come. */
export const Growing = createContext(false);

/** A code block inside another block: a list, a quote. */
export function DrawnCode({ code, language }: { code: string; language: string }) {
  return <FencedCode code={code} language={language} growing={useContext(Growing)} />;
}
