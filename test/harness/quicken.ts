/** Loads before each test file: what makes the program's own start quick makes the tests' quick as well. */
import { makeImportsQuick } from '#platform/quick-imports.ts';

makeImportsQuick();
