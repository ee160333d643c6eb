/** A new id: UUIDv7, so that ids sort by when they were made. */
export { v7 as newId } from 'uuid';
