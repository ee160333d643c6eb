import { expect, it } from 'vitest';
import { rightsIn } from './rights-in.ts';

const shared = { visibility: 'shared', authorId: 'ada' } as const;

it.each([
  ['owner', 'bob', { write: true, manage: true }],
  ['editor', 'bob', { write: true, manage: false }],
  ['editor', 'ada', { write: true, manage: true }],
  ['viewer', 'ada', { write: false, manage: false }],
] as const)(
  'gives a %s (%s) of a shared chat that Ada began what the server would',
  (role, userId, rights) => {
    expect(rightsIn(shared, userId, role)).toEqual(rights);
  },
);

it('leaves a private chat to its author, whatever they are in its project', () => {
  expect(rightsIn({ visibility: 'private', authorId: 'ada' }, 'ada', 'viewer')).toEqual({
    write: true,
    manage: true,
  });
});

it('offers nothing while it is not known', () => {
  expect(rightsIn(shared, 'ada', undefined)).toEqual({ write: false, manage: false, unknown: true });
});
