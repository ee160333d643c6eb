import { createPlaces } from '#platform/places.ts';

/**
 * Passwords hashed at a time. scrypt runs on Node's four threads and takes 16 MB each, and a sign-up holds a database
 * connection meanwhile: more at once would only take those from everybody else.
 */
const FEW = 4;

/** Runs what hashes a password, when it is its turn. */
export const oneOfFew = createPlaces(FEW).within;
