/** The first words of every room in English: one file of the built page, fetched beside the scripts. */
import accounts from '#features/accounts/web/words/first.en.json';
import audit from '#features/audit/web/words/first.en.json';
import chats from '#features/chats/web/words/first.en.json';
import contexts from '#features/contexts/web/words/first.en.json';
import endpoints from '#features/endpoints/web/words/first.en.json';
import gateway from '#features/gateway/web/words/first.en.json';
import generations from '#features/generations/web/words/first.en.json';
import ops from '#features/ops/web/words/first.en.json';
import projects from '#features/projects/web/words/first.en.json';
import transfer from '#features/transfer/web/words/first.en.json';
import usage from '#features/usage/web/words/first.en.json';
import kit from '#web/words/first.en.json';
import page from '../words/first.en.json';

const rooms = [
  kit,
  page,
  accounts,
  audit,
  chats,
  contexts,
  endpoints,
  gateway,
  generations,
  ops,
  projects,
  transfer,
  usage,
];
/** The words of one of them. */
export type FirstRoom = (typeof rooms)[number];
export default rooms;
